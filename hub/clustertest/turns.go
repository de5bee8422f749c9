package clustertest

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"picture-frame/hub"
)

// hold is how long pictures stay in these tests. A go in which it was over before all
// that is to happen within it had happened has shown nothing: there are some goes.
const (
	hold = 700 * time.Millisecond
	goes = 10
)

// waits waits until a word has found its place, and reports whether so many wait. It
// reports false when a word has had its turn, which they are not to have by then.
func (w *Wall) waits(t *testing.T, frame string, inTurn int) bool {
	t.Helper()
	var n int
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(time.Millisecond) {
		s, err := w.Cluster.Line(background, frame)
		if err != nil {
			t.Fatal(err)
		}
		if n = len(s.InTurn); n == inTurn {
			return true
		}
		if w.turned(t, frame) {
			return false
		}
	}
	t.Fatalf("got %d in line, want %d", n, inTurn)
	return false
}

// turned reports whether another picture than the first has hung.
func (w *Wall) turned(t *testing.T, frame string) bool { return len(w.History(t, frame)) > 1 }

// Words hang in the order in which they were found, and each picture stays.
func testTurns(t *testing.T, w *Wall) {
	for n := range goes {
		if turnsInOrder(t, w, fmt.Sprint("main-", n)) {
			return
		}
	}
	t.Error("no go was quick enough")
}

func turnsInOrder(t *testing.T, w *Wall, frame string) bool {
	h := hold
	w.Host(t, frame, hub.Patch{Hold: &h})
	if err := <-w.Word(frame, "a", ""); err != nil {
		t.Fatal(err)
	}
	var ends []<-chan error
	for i, word := range []string{"b", "c", "d"} {
		ends = append(ends, w.Word(frame, word, ""))
		if !w.waits(t, frame, i+1) {
			return false
		}
	}
	sub, err := w.Subscribe(frame, "", hub.SSE)
	if err != nil {
		t.Fatal(err)
	}
	defer sub.Close()
	if w.turned(t, frame) {
		return false
	}
	first := sub.First()
	last := first[len(first)-1]
	if last.Name() != hub.Queue || !strings.HasPrefix(string(last.Data()), `{"waiting":[{"keyword":"b","in":`) || !strings.HasSuffix(string(last.Data()), `}],"more":0}`) {
		t.Errorf("a viewer that comes got %s %s, want the line", last.Name(), last.Data())
	}
	for i, end := range ends {
		if err := <-end; err != nil {
			t.Errorf("word %d of the line: got %v, want success", i, err)
		}
	}
	got, ids := words(w, t, frame)
	if fmt.Sprint(got) != "[a b c d]" {
		t.Errorf("got %v, want them in the order in which they were found", got)
	}
	for i := 1; i < len(ids); i++ {
		if stayed := hub.IDTime(ids[i]).Sub(hub.IDTime(ids[i-1])); stayed < hold-time.Millisecond {
			t.Errorf("picture %d stayed for %v, want at least %v", i-1, stayed, hold)
		}
	}
	w.AwaitLine(t, frame, 0, 0)
	return true
}

// No more than so many words wait, none longer than its time, and the error says
// when there is room.
func testFull(t *testing.T, w *Wall) {
	for n := range goes {
		if fills(t, w, fmt.Sprint("main-", n), fmt.Sprint("hall-", n)) {
			return
		}
	}
	t.Error("no go was quick enough")
}

func fills(t *testing.T, w *Wall, main, hall string) bool {
	var full *hub.FullError
	h := 2 * time.Second
	w.Host(t, main, hub.Patch{Hold: &h})
	w.Host(t, hall, hub.Patch{Hold: &h})
	began := time.Now()
	<-w.Word(main, "first", "")
	<-w.Word(hall, "first", "")
	for i := range 3 {
		w.Word(main, fmt.Sprint(i), "one")
		if !w.waits(t, main, i+1) {
			return false
		}
	}
	fourth := <-w.Word(main, "fourth", "one")
	for i := range 8 {
		w.Word(hall, fmt.Sprint(i), fmt.Sprint(i))
		if !w.waits(t, hall, i+1) {
			return false
		}
	}
	ninth := <-w.Word(hall, "ninth", "9")
	room := w.Room(hub.Word{Frame: hall, Client: "9"})
	if w.turned(t, main) || w.turned(t, hall) {
		return false
	}
	if !errors.As(fourth, &full) || full.After > h || full.After <= 0 {
		t.Errorf("a client's fourth word: got %v, want it refused for at most %v", fourth, h)
	}
	if !errors.As(ninth, &full) || full.After > h || full.After <= 0 {
		t.Errorf("the ninth word: got %v, want it refused for at most %v", ninth, h)
	}
	if !errors.As(room, &full) {
		t.Errorf("room for a ninth word: got %v, want none", room)
	}
	h = hub.MaxHold
	w.Host(t, main, hub.Patch{Hold: &h}) // and nobody's turn comes in time
	w.AwaitLine(t, main, 0, 0)
	late := <-w.Word(main, "late", "two")
	most := hub.MaxHold - hub.LineTime
	if least := most - time.Since(began) - time.Second; !errors.As(late, &full) || full.After > most || full.After < least {
		t.Errorf("a word that would wait for too long: got %v, want it refused for %v to %v", late, least, most)
	}
	return true
}
