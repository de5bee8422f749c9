package e2e

import (
	"context"
	"encoding/json"
	"io"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/gorilla/websocket"
)

// stopsInOrder ends the program, which gives its viewers 5 s by its own clock, and
// says so if that was not enough.
func (p *program) stopsInOrder(signal syscall.Signal) {
	p.t.Helper()
	code := p.Stop(signal)
	orderly := func(line map[string]any) bool { return line["msg"] == "stopped" && line["err"] == nil }
	if code != 0 || !slices.ContainsFunc(p.Tail(math.MaxInt), orderly) {
		p.t.Errorf("got the exit code %d, want an orderly stop; the log ends with %v", code, p.Tail(20))
	}
}

// Five hundred viewers of all transports are told bye, each with a time of its
// own to come back after, and their connections end in order.
func TestStopTellsEverybody(t *testing.T) {
	p := launch(t)
	p.Publish("main", "sushi")
	newest := p.newest("main")
	const each = 100
	transports := []way{ways[0], ways[1], ways[2], ways[3], {name: "poll"}}
	type farewell struct {
		last message
		err  error
		code int // of an answer to a poll
	}
	farewells := make([][]farewell, len(transports))
	var all sync.WaitGroup
	for i, w := range transports {
		if w.listen == nil {
			p.joined("main", i*each) // a poll waits for 25 s, and not for crowds
		}
		farewells[i] = make([]farewell, each)
		for n := range each {
			f := &farewells[i][n]
			all.Go(func() {
				if w.listen == nil {
					resp, err := w.open(context.Background(), address(p.URL, "/poll", "main", newest, false), "*/*", "")
					if f.err = err; err == nil {
						f.code = resp.StatusCode
						_, f.err = io.Copy(io.Discard, resp.Body)
						resp.Body.Close()
					}
					return
				}
				f.err = w.listen(&w, context.Background(), p.URL, "main", newest, func(m message) bool {
					f.last = m
					return true
				})
			})
		}
	}
	p.joined("main", each*len(transports))
	p.stopsInOrder(syscall.SIGTERM)
	all.Wait()
	retries := map[int]int{}
	for i, w := range transports {
		for n, f := range farewells[i] {
			if w.listen == nil {
				if f.code != http.StatusNoContent || f.err != nil {
					t.Errorf("poll %d ended with %d, %v; want 204", n, f.code, f.err)
				}
				continue
			}
			var data struct{ Retry int }
			json.Unmarshal(f.last.Data, &data)
			if f.last.Event != "bye" || f.last.ID != "" || data.Retry < 1000 || data.Retry > 5000 {
				t.Fatalf("%s %d: the last event is %+v, want a bye", w.name, n, f.last)
			}
			retries[data.Retry]++
			if w.name == "WebSocket" {
				if !websocket.IsCloseError(f.err, websocket.CloseGoingAway) {
					t.Errorf("WebSocket %d ended with %v, want 1001", n, f.err)
				}
				continue
			}
			if f.err != io.EOF { // a chunked body that lacks its end is an unexpected one
				t.Errorf("%s %d ended with %v, want a clean end", w.name, n, f.err)
			}
			if strings.HasPrefix(w.name, "SSE") && f.last.Retry != strconv.Itoa(data.Retry) {
				t.Errorf("%s %d: retry is %q beside %d", w.name, n, f.last.Retry, data.Retry)
			}
		}
	}
	if len(retries) < each {
		t.Errorf("%d viewers are to come back at %d different times only", each*4, len(retries))
	}
}

// A search that takes too long does not hold the process up.
func TestStopDoesNotWaitForEver(t *testing.T) {
	t.Parallel()
	flickr, env := newSlowFlickr(t)
	p := launch(t, env...)
	viewer := p.follow(ways[0], "main", "")
	viewer.next("presence")
	post := p.publishLater("never")
	<-flickr.asked
	p.stopsInOrder(syscall.SIGINT)
	if r := <-post; r.status != http.StatusServiceUnavailable || r.header.Get("Retry-After") == "" {
		t.Errorf("the search ended with %+v, want 503 and when to come back", r)
	}
	viewer.next("bye")
	close(flickr.release)
}

func TestSecondSignalEndsAtOnce(t *testing.T) {
	t.Parallel()
	flickr, env := newSlowFlickr(t)
	p := launch(t, env...)
	p.publishLater("never")
	<-flickr.asked
	p.cmd.Process.Signal(syscall.SIGTERM)
	p.logged("stopping")
	if p.Stop(syscall.SIGTERM) == 0 {
		t.Error("the second signal was waited out")
	}
	if status := p.cmd.ProcessState.Sys().(syscall.WaitStatus); !status.Signaled() {
		t.Errorf("it ended by %v, want the signal", p.cmd.ProcessState)
	}
	close(flickr.release)
}

// Viewers that do nothing, not even answer a closing handshake, do not hold the
// process up either.
func TestStopDoesNotWaitForTheDeaf(t *testing.T) {
	t.Parallel()
	p := launch(t)
	for range 3 {
		p.raw().send("GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n").until("\r\n\r\n")
		p.raw().send("GET /subscribe HTTP/1.1\r\nHost: x\r\n\r\n").until("\r\n\r\n")
		p.raw().send("GET /subscribe HTTP/1.0\r\n\r\n").until("\r\n\r\n")
	}
	p.raw() // asks nothing
	p.raw().send("GET /heal")
	idle := p.raw().send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
	idle.answer()
	p.viewers(9)
	p.stopsInOrder(syscall.SIGTERM)
}
