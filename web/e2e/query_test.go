package e2e

import (
	"strings"
	"testing"
)

// A parameter that an endpoint does not use is ignored, however it is written.
func TestQueriesThatAreNotUsed(t *testing.T) {
	t.Parallel()
	p := start(t, "ADMIN_TOKEN="+token)
	p.Publish("main", "sushi")
	drawn := p.Publish("hall", "pumpkin")["url"].(string)
	id := p.newest("hall")
	form := head("Content-Type", asForm)
	for _, odd := range []string{"utm=a;b", "ref=100%", "%zz=1", ";", "%", "a=%ff", "&&=&"} {
		for _, r := range []row{
			{"GET", "/?Q", nil, "", 200, "sushi"},
			{"GET", "/f/hall?Q", nil, "", 200, "pumpkin"},
			{"GET", "/?Q&frame=hall", nil, "", 200, "pumpkin"},
			{"GET", "/?frame=hall&Q&ui=0", nil, "", 200, "pumpkin"},
			{"GET", "/p/" + id + "?Q&frame=hall", nil, "", 200, "pumpkin"},
			{"GET", "/subscribe?Q&once=1&frame=hall", nil, "", 200, "pumpkin"},
			{"GET", "/subscribe?frame=hall&once=1&Q", nil, "", 200, "pumpkin"},
			{"GET", "/subscribe?frame=hall&Q", head("Accept", html), "", 200, "frame=hall"},
			{"HEAD", "/subscribe?Q", nil, "", 200, ""},
			{"GET", "/ws?Q", nil, "", 426, ""},
			{"GET", "/poll?Q&frame=hall", nil, "", 200, "pumpkin"},
			{"GET", "/history?Q&frame=hall&limit=1", nil, "", 200, "pumpkin"},
			{"GET", "/history?Q&limit=0", nil, "", 400, ""},
			{"POST", "/publish?Q&frame=hall", form, "keyword=pumpkin", 200, "pumpkin"},
			{"DELETE", "/history?Q&frame=gone", head("Authorization", "Bearer "+token), "", 204, ""},
			{"GET", drawn + "?Q", nil, "", 200, "<svg"},
			{"GET", "/qr.svg?Q&frame=hall", nil, "", 200, "<svg"},
			{"GET", "/manifest.webmanifest?Q&frame=hall", nil, "", 200, "hall"},
			{"GET", "/static/x/js/app.js?Q", nil, "", 200, ""},
			{"GET", "/healthz?Q", nil, "", 200, "ok"},
			{"GET", "/readyz?Q", nil, "", 200, "ok"},
			{"GET", "/metrics?Q", nil, "", 200, "pictureframe_viewers"},
			{"GET", "/debug/pprof/?Q", head("Authorization", "Bearer "+token), "", 200, ""},
			{"GET", "/lab?Q", nil, "", 200, ""},
			{"GET", "/lab/time?Q&loop=1", nil, "", 200, "event: time"},
			{"GET", "/lab/hop?Q&host=x", nil, "", 200, ""},
			{"GET", "/lab/quiet?Q&seconds=x", nil, "", 400, ""},
			{"HEAD", "/lab/count?Q", nil, "", 200, ""},
			{"HEAD", "/lab/ping?Q", nil, "", 200, ""},
			{"HEAD", "/lab/prices?Q", nil, "", 200, ""},
			{"GET", "/lab/wall?Q", nil, "", 426, ""},
			{"HEAD", "/lab/stream?Q&frame=hall&visit=" + strings.Repeat("a", 32), nil, "", 200, ""},
			{"POST", "/lab/break?Q&how=cut&visit=" + strings.Repeat("b", 32), nil, "", 404, ""},
			{"GET", "/nothing?Q", head("Accept", html), "", 404, ""},
		} {
			r.path = strings.Replace(r.path, "Q", odd, 1)
			p.check(r)
		}
	}
	// One that is used has to be right, and its name may be escaped.
	p.check(row{"GET", "/subscribe?frame=%zz&once=1", nil, "", 400, ""})
	p.check(row{"GET", "/subscribe?frame=a;b&once=1", nil, "", 400, ""})
	p.check(row{"GET", "/subscribe?fr%61me=h%61ll&once=1", nil, "", 200, "pumpkin"})
}

// Of two ids the later counts, however the earlier is written; the header wins
// over both.
func TestLaterLastEventID(t *testing.T) {
	t.Parallel()
	p := start(t)
	ids := map[string]string{}
	for _, word := range []string{"a", "b", "c", "d"} {
		p.Publish("main", word)
		ids[word] = p.newest("main")
	}
	for query, want := range map[string]string{
		"lastEventId=" + ids["a"] + "&lastEventId=" + ids["c"]:     "d",
		"lastEventId=" + ids["c"] + "&x=1&lastEventId=" + ids["b"]: "c",
		"lastEventId=%zz&lastEventId=" + ids["c"]:                  "d",
		"lastEventId=a;b&x=100%&lastEventId=" + ids["c"]:           "d",
	} {
		if m := p.talk("/ws?"+query, nil).hear("picture", "reset"); m.keyword() != want {
			t.Errorf("/ws?%s: got first %s %q, want %q", query, m.Event, m.keyword(), want)
		}
		for accept, name := range map[string]string{"text/event-stream": "event: ", "application/x-ndjson": `"event":"`} {
			conn := p.raw().send("GET /subscribe?%s HTTP/1.1\r\nHost: x\r\nAccept: %s\r\n\r\n", query, accept)
			if got := conn.until(`"keyword":"d"`); !strings.Contains(got, `"keyword":"`+want+`"`) || strings.Count(got, name+"picture") != int('d'-want[0])+1 {
				t.Errorf("/subscribe?%s as %s: got %q, want all from %q", query, accept, got, want)
			}
		}
		_, body := p.request("GET", "/poll?"+query, nil, "")
		if strings.Count(body, `"event":"picture"`) != int('d'-want[0])+1 || strings.Contains(body, "reset") {
			t.Errorf("/poll?%s: got %s, want all from %q", query, body, want)
		}
	}
	_, body := p.request("GET", "/poll?lastEventId="+ids["a"]+"&lastEventId="+ids["b"], head("Last-Event-ID", ids["c"]), "")
	if strings.Count(body, `"event":"picture"`) != 1 || !strings.Contains(body, ids["d"]) {
		t.Errorf("with a header: got %s, want the picture after the header's id", body)
	}
}
