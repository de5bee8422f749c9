package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// asHost is what a program that has the token sends.
var asHost = head("Authorization", "Bearer secret", "Content-Type", "application/json")

// A desk is what the host of a frame sees.
type desk struct {
	Frozen, Approve bool
	Hold, Viewers   int
	Waiting         []struct {
		Ticket, Keyword string
		Picture         struct{ Keyword, URL string }
		Approved        bool
	}
	Pictures   []struct{ ID, Keyword, URL string }
	Transports struct{ SSE, NDJSON, WebSocket, Poll int }
}

// words are those that wait, in order; in brackets those that only wait for their
// turn.
func (d desk) words() string {
	var words []string
	for _, w := range d.Waiting {
		if w.Approved {
			w.Keyword = "(" + w.Keyword + ")"
		}
		words = append(words, w.Keyword)
	}
	return strings.Join(words, " ")
}

// host sends what a host does, and returns the desk after it.
func (p *program) host(method, path, body string) (d desk) {
	p.t.Helper()
	resp, text := p.request(method, path, asHost, body)
	if resp.StatusCode/100 != 2 {
		p.t.Fatalf("%s %s %s: got %s %s, want success", method, path, body, resp.Status, text)
	}
	if resp.StatusCode == http.StatusNoContent {
		return d
	}
	if err := json.Unmarshal([]byte(text), &d); err != nil {
		p.t.Fatalf("%s %s: got %v for %s, want a desk", method, path, err, text)
	}
	return d
}

// decide lets a picture hang, or drops it.
func (p *program) decide(ticket string, show bool) {
	p.t.Helper()
	p.host("POST", "/host/desk/waiting/"+ticket, fmt.Sprintf(`{"show":%v}`, show))
}

// ask sends a word and returns the ticket with which it waits for the host.
func (p *program) ask(word string) (ticket string) {
	p.t.Helper()
	resp, body := p.request("POST", "/publish", head("Content-Type", asForm), "keyword="+word)
	var answer struct{ Ticket, Keyword, Status string }
	if err := json.Unmarshal([]byte(body), &answer); err != nil || resp.StatusCode != 202 || answer.Ticket == "" || answer.Keyword != word || answer.Status != "waiting" {
		p.t.Fatalf("%s: got %s %s, want 202 and a ticket", word, resp.Status, body)
	}
	return answer.Ticket
}

// deskWay follows a desk.
var deskWay = way{name: "desk", listen: func(w *way, ctx context.Context, base, frame, _ string, yield func(message) bool) error {
	r, err := http.NewRequestWithContext(ctx, "GET", base+"/host/desk?frame="+frame, nil)
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer secret")
	r.Header.Set("Accept", "text/event-stream")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var m message
	return eachLine(resp.Body, func(line string) bool {
		field, value, _ := strings.Cut(line, ": ")
		switch field {
		case "event":
			m.Event = value
		case "data":
			m.Data = []byte(value)
		case "":
			whole := m
			m = message{}
			return whole.Event == "" || yield(whole)
		}
		return true
	})
}}

// nextDesk waits until a desk's stream shows something.
func (f *feed) nextDesk(what string, shows func(desk) bool) (d desk) {
	f.t.Helper()
	for d = (desk{}); ; {
		m := f.next("desk", "bye")
		d = desk{}
		if err := json.Unmarshal(m.Data, &d); err != nil || m.Event == "bye" {
			f.t.Fatalf("until %s: got %s %s, want a desk", what, m.Event, m.Data)
		}
		if shows(d) {
			return d
		}
	}
}

// until collects what has come to a viewer up to a picture.
func (f *feed) until(word string) (all string) {
	f.t.Helper()
	for {
		m := f.next("picture", "searching", "queue", "host", "reset", "removed", "presence", "time")
		all += m.Event + " " + string(m.Data) + "\n"
		if m.Event == "picture" && m.keyword() == word {
			return all
		}
	}
}
