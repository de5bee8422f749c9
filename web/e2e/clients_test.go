package e2e

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/launchdarkly/eventsource"
	"github.com/tmaxmax/go-sse"

	"picture-frame/hub/redis/redistest"
)

// A foreigner is a client of another project, which comes back by itself.
type foreigner struct {
	name  string
	watch func(t *testing.T, base string, got chan<- message) (send func(text string))
}

var foreigners = []foreigner{
	{"launchdarkly/eventsource", func(t *testing.T, base string, got chan<- message) func(string) {
		r, _ := http.NewRequest(http.MethodGet, base+"/subscribe", nil)
		stream, err := eventsource.SubscribeWithRequestAndOptions(r, eventsource.StreamOptionInitialRetry(100*time.Millisecond),
			eventsource.StreamOptionErrorHandler(func(error) eventsource.StreamErrorHandlerResult { return eventsource.StreamErrorHandlerResult{} }))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(stream.Close)
		go func() {
			for e := range stream.Events {
				got <- message{ID: e.Id(), Event: e.Event(), Data: json.RawMessage(e.Data())}
			}
		}()
		return nil
	}},
	{"tmaxmax/go-sse", func(t *testing.T, base string, got chan<- message) func(string) {
		ctx, cancel := context.WithCancel(context.Background())
		t.Cleanup(cancel)
		r, _ := http.NewRequestWithContext(ctx, http.MethodGet, base+"/subscribe", nil)
		conn := sse.NewConnection(r)
		conn.SubscribeToAll(func(e sse.Event) {
			got <- message{ID: e.LastEventID, Event: e.Type, Data: json.RawMessage(e.Data)}
		})
		go conn.Connect()
		return nil
	}},
	{"gorilla/websocket", func(t *testing.T, base string, got chan<- message) func(string) {
		ctx, cancel := context.WithCancel(context.Background())
		t.Cleanup(cancel)
		var mu sync.Mutex
		var now *websocket.Conn
		last := ""
		connect := func() error {
			conn, _, err := websocket.DefaultDialer.DialContext(ctx, address("ws"+strings.TrimPrefix(base, "http"), "/ws", "main", last, false), nil)
			mu.Lock()
			now = conn
			mu.Unlock()
			return err
		}
		if err := connect(); err != nil {
			t.Fatal(err)
		}
		go func() {
			for ctx.Err() == nil {
				var m message
				for now != nil && now.ReadJSON(&m) == nil {
					if m.ID != "" {
						last = m.ID
					}
					got <- m
					m = message{}
				}
				if connect() != nil {
					time.Sleep(between) // as a client that comes back by itself has to
				}
			}
		}()
		return func(text string) {
			mu.Lock()
			defer mu.Unlock()
			now.WriteMessage(websocket.TextMessage, []byte(text))
		}
	}},
	{"npm eventsource", func(t *testing.T, base string, got chan<- message) func(string) {
		run(t, got, "node", "testdata/eventsource.mjs", base+"/subscribe")
		return nil
	}},
	{"npm ws", func(t *testing.T, base string, got chan<- message) func(string) {
		return run(t, got, "node", "testdata/ws.mjs", "ws"+strings.TrimPrefix(base, "http")+"/ws")
	}},
}

// run runs a client that prints each message as a line of JSON, until the test
// ends. What is sent goes to its standard input.
func run(t *testing.T, got chan<- message, name string, args ...string) (send func(string)) {
	t.Helper()
	cmd := exec.Command(name, args...)
	in, _ := cmd.StdinPipe()
	out, _ := cmd.StdoutPipe()
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatalf("%s: %v (make setup installs it)", name, err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			var m message
			if err := json.Unmarshal(lines.Bytes(), &m); err != nil {
				t.Errorf("%s prints %q: %v", name, lines.Text(), err)
			}
			got <- m
		}
	}()
	t.Cleanup(func() {
		in.Close()
		<-ended
		if err := cmd.Wait(); err != nil {
			t.Errorf("%s %v: %v: %s", name, args, err, stderr.String())
		}
	})
	return func(text string) { fmt.Fprintln(in, text) }
}

// Clients that know nothing of us see every picture, also those of the time in
// which they were cut off.
func TestClientsOfOtherProjects(t *testing.T) {
	t.Parallel()
	for _, who := range foreigners {
		t.Run(who.name, func(t *testing.T) {
			t.Parallel()
			p := start(t)
			p.Publish("main", "before")
			line := redistest.NewCable(t, p.URL)
			got := make(chan message, 1000)
			send := who.watch(t, line.URL, got)
			f := &feed{t: t, got: got}
			expect := func(words ...string) {
				t.Helper()
				for _, word := range words {
					if m := f.next("picture", "reset"); m.keyword() != word || m.ID == "" {
						t.Fatalf("got %s %s, want %q", m.Event, m.Data, word)
					}
				}
			}
			const odd = "a\x00b\r\nid: forged\r\n\r\n<b>\u2028🎃"
			expect("before")
			<-line.Comings
			p.viewers(1)
			p.Publish("main", odd)
			expect(odd)
			line.Pull()
			p.viewers(0)
			p.Publish("main", "missed 1")
			p.Publish("main", "missed 2")
			line.Plug()
			expect("missed 1", "missed 2")
			p.Publish("main", "after")
			expect("after")
			if send != nil {
				send(`{"keyword":"up"}`)
				if m := f.next("published", "error"); m.keyword() != "up" {
					t.Errorf("a word sent up is answered with %s %s", m.Event, m.Data)
				}
			}
		})
	}
}

// What the article shows: curl on both ways, over both versions of HTTP.
func TestCurl(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"--http1.0", "--http1.1", "--http2"} {
		p := start(t)
		curl := exec.Command("curl", "-sN", version, p.URL+"/subscribe")
		out, _ := curl.StdoutPipe()
		if err := curl.Start(); err != nil {
			t.Fatalf("curl: %v (make setup installs it)", err)
		}
		time.AfterFunc(patience, func() { curl.Process.Kill() })
		p.viewers(1)
		answer, err := exec.Command("curl", "-sd", "keyword=pumpkin", p.URL+"/publish").Output()
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		var seen []string
		for lines.Scan() && lines.Text() != "data: "+string(answer) {
			seen = append(seen, lines.Text())
		}
		if n := len(seen); n < 2 || seen[n-1] != "event: picture" || !strings.HasPrefix(seen[n-2], "id: ") {
			t.Errorf("curl %s prints %q and not then the data %s", version, seen, answer)
		}
		once, err := exec.Command("curl", "-s", version, "-H", "Accept: application/x-ndjson", p.URL+"/subscribe?once=1").Output()
		var m message
		if err != nil || json.Unmarshal(once, &m) != nil || string(m.Data) != string(answer) {
			t.Errorf("curl %s once prints %s (%v)", version, once, err)
		}
		var failed *exec.ExitError
		refused, err := exec.Command("curl", "-sf", version, "-d", "keyword=", p.URL+"/publish").Output()
		if !errors.As(err, &failed) || len(refused) > 0 {
			t.Errorf("curl %s without a word: %v %s", version, err, refused)
		}
		curl.Process.Kill()
		curl.Wait()
	}
}
