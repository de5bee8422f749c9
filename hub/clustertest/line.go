package clustertest

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"picture-frame/hub"
)

// patience is how long a test waits for what should happen. It decides nothing.
const patience = time.Minute

// Host sets what a frame's host can set.
func (w *Wall) Host(t *testing.T, frame string, p hub.Patch) hub.Desk {
	t.Helper()
	desk, err := w.SetDesk(background, frame, p)
	if err != nil {
		t.Fatalf("setting %+v: got %v, want success", p, err)
	}
	return desk
}

// Propose has a word hang, and returns how that ends.
func (w *Wall) Word(frame, word, client string) <-chan error {
	end := make(chan error, 1)
	go func() {
		_, err := w.Propose(background, hub.Word{Frame: frame, Keyword: word, Picture: []byte(strconv.Quote(word)), Client: client, Shared: true})
		end <- err
	}()
	return end
}

// AwaitLine waits until a frame's line is so long.
func (w *Wall) AwaitLine(t *testing.T, frame string, inTurn, forHost int) hub.LineState {
	t.Helper()
	var s hub.LineState
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(time.Millisecond) {
		var err error
		if s, err = w.Cluster.Line(background, frame); err != nil {
			t.Fatal(err)
		}
		if len(s.InTurn) == inTurn && len(s.ForHost) == forHost {
			return s
		}
	}
	t.Fatalf("got %d in line and %d before the host, want %d and %d", len(s.InTurn), len(s.ForHost), inTurn, forHost)
	return s
}

func words(w *Wall, t *testing.T, frame string) (words []string, ids []string) {
	t.Helper()
	for _, line := range w.History(t, frame) {
		id, word, _ := strings.Cut(line, " ")
		word, _ = strconv.Unquote(word)
		words, ids = append(words, word), append(ids, id)
	}
	return words, ids
}

func testFrozen(t *testing.T, w *Wall) {
	yes, no, h := true, false, hub.LineTime-time.Second
	w.Host(t, "main", hub.Patch{Hold: &h})
	<-w.Word("main", "a", "")
	waits := w.Word("main", "b", "")
	w.AwaitLine(t, "main", 1, 0)
	desk := w.Host(t, "main", hub.Patch{Frozen: &yes})
	if !desk.Frozen || desk.Approve || desk.Hold != h {
		t.Errorf("got the desk %+v, want it frozen and the same hold", desk)
	}
	if err := <-waits; !errors.Is(err, hub.ErrFrozen) {
		t.Errorf("a word that waited: got %v, want %v", err, hub.ErrFrozen)
	}
	if err := w.Touch(background, "main"); !errors.Is(err, hub.ErrFrozen) {
		t.Errorf("a search: got %v, want %v", err, hub.ErrFrozen)
	}
	if err := <-w.Word("main", "c", ""); !errors.Is(err, hub.ErrFrozen) {
		t.Errorf("a word that was found: got %v, want %v", err, hub.ErrFrozen)
	}
	if err := <-w.Word("hall", "x", ""); err != nil {
		t.Errorf("another frame: got %v, want success", err)
	}
	if _, err := w.Publish(background, "main", []byte(`"d"`)); !errors.Is(err, hub.ErrTurns) {
		t.Errorf("publishing past the line: got %v, want %v", err, hub.ErrTurns)
	}
	h = 0
	w.Host(t, "main", hub.Patch{Frozen: &no, Hold: &h})
	if err := <-w.Word("main", "e", ""); err != nil {
		t.Errorf("after the thaw: got %v, want success", err)
	}
	if got, _ := words(w, t, "main"); fmt.Sprint(got) != "[a e]" {
		t.Errorf("got %v, want the first and the last", got)
	}
}

func testApprove(t *testing.T, w *Wall) {
	yes, h := true, time.Duration(0)
	w.Host(t, "main", hub.Patch{Approve: &yes, Hold: &h})
	var tickets []string
	for _, word := range []string{"a", "b"} {
		ticket, err := w.Propose(background, hub.Word{Frame: "main", Keyword: word, Picture: []byte(strconv.Quote(word))})
		if err != nil || ticket == "" {
			t.Fatalf("got the ticket %q and %v, want one", ticket, err)
		}
		tickets = append(tickets, ticket)
	}
	desk, err := w.Desk(background, "main")
	if err != nil || len(desk.Waiting) != 2 || desk.Waiting[0].Keyword != "a" || desk.Waiting[0].Approved || string(desk.Waiting[1].Picture) != `"b"` {
		t.Errorf("got the desk %+v and %v, want both waiting", desk, err)
	}
	if got, _ := words(w, t, "main"); len(got) != 0 {
		t.Errorf("nothing is approved: got %v, want nothing", got)
	}
	w.Host(t, "main", hub.Patch{Frozen: &yes})
	if err := w.Decide(background, "main", tickets[1], true); err != nil {
		t.Errorf("showing: got %v, want success", err)
	}
	if err := w.Decide(background, "main", tickets[0], false); err != nil {
		t.Errorf("dropping: got %v, want success", err)
	}
	if err := w.Decide(background, "main", tickets[0], true); !errors.Is(err, hub.ErrNoTicket) {
		t.Errorf("showing what was dropped: got %v, want %v", err, hub.ErrNoTicket)
	}
	w.AwaitLine(t, "main", 0, 0)
	if got, _ := words(w, t, "main"); fmt.Sprint(got) != "[b]" {
		t.Errorf("got %v, want what was approved, on a frozen frame too", got)
	}
	h = hub.LineTime - time.Second
	w.Host(t, "lane", hub.Patch{Hold: &h})
	<-w.Word("lane", "a", "")
	asked := make(chan string, 1)
	go func() {
		ticket, err := w.Propose(background, hub.Word{Frame: "lane", Keyword: "b", Picture: []byte(`"b"`)})
		asked <- fmt.Sprint(ticket != "", err)
	}()
	w.AwaitLine(t, "lane", 1, 0)
	w.Host(t, "lane", hub.Patch{Approve: &yes})
	w.AwaitLine(t, "lane", 0, 1)
	if got := <-asked; got != "true <nil>" {
		t.Errorf("a word in line when the host wants to see all: got a ticket and %s, want one", got)
	}
	for i := range 50 {
		if _, err := w.Propose(background, hub.Word{Frame: "hall", Picture: []byte("1")}); err != nil {
			t.Fatal(err) // it hangs
		}
		if i == 0 {
			w.Host(t, "hall", hub.Patch{Approve: &yes})
		}
	}
	w.AwaitLine(t, "hall", 0, 49)
}

// The key is the same for as long as the process lives, and long enough.
func testKey(t *testing.T, w *Wall) {
	if key := w.Cluster.Key(); len(key) < 32 || string(key) != string(w.Cluster.Key()) {
		t.Errorf("got a key of %d bytes, want 32 at least, and the same again", len(key))
	}
}
