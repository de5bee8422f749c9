package e2e

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// A ledger is what the soak knows of the words that were asked and of the pictures
// that viewers got, and finds what is wrong between them: a picture that was answered
// with 200 and did not reach a viewer that stayed or resumed, one that came twice or
// out of order, and a reset without a reason.
//
// Words are asked once each, so a word names its picture. Ids sort in the order of
// the pictures. Whether a viewer has missed one is judged when all of its time have
// been seen: each picture keeps the ids that viewers had just before it, and what
// lies between the two was missed.
type ledger struct {
	// late is after how long a picture has come to everybody whom it will ever come
	// to. It decides only how soon a loss is found.
	late time.Duration

	mu       sync.Mutex
	frames   map[string]*soakFrame
	words    map[string]*soakWord
	watching map[*soakViewer]bool
	faults   []string // the first of them
	wrong    int      // all of them
	tell     func(fault string)
	tally    soakTally
}

// A soakTally counts what has happened.
type soakTally struct {
	deliveries, joined, resumed, resets, refused int
}

type soakFrame struct {
	entries []*soakEntry // by id
	judged  string       // all up to this id have been
	cleared []time.Time  // when a clearing began
}

// A soakEntry is a picture that viewers have got.
type soakEntry struct {
	id, word string
	seen     time.Time
	after    map[string]string // the ids that viewers had before it, and one of these viewers each
	removed  bool
}

type soakWord struct {
	frame, id string
	answered  time.Time // with the picture; zero if it was not
	judged    bool
}

// A soakViewer is one as the ledger knows it. The ledger guards all of it but name
// and frame.
type soakViewer struct {
	name, frame string
	last        string    // the id that it would resume with; "" before it has any
	place       string    // the id of what it has got last of pictures and resets, or began with
	at          time.Time // since when
	since       time.Time // of its connection; zero without one
}

// soakKept is how many pictures of a frame the ledger remembers: more than any viewer
// is behind.
const soakKept = 500

func newLedger(late time.Duration) *ledger {
	return &ledger{late: late, frames: map[string]*soakFrame{}, words: map[string]*soakWord{}, watching: map[*soakViewer]bool{}, tell: func(string) {}}
}

func (l *ledger) frame(name string) *soakFrame {
	f := l.frames[name]
	if f == nil {
		f = &soakFrame{}
		l.frames[name] = f
	}
	return f
}

// fault notes what is wrong. The caller holds mu.
func (l *ledger) fault(format string, args ...any) {
	l.wrong++
	if len(l.faults) < 50 {
		text := time.Now().UTC().Format("15:04:05 ") + fmt.Sprintf(format, args...)
		l.faults = append(l.faults, text)
		l.tell(text)
	}
}

// Fault notes something else that is wrong.
func (l *ledger) Fault(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fault(format, args...)
}

// Asked is called before a word is sent.
func (l *ledger) Asked(frame, word string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.words[word] = &soakWord{frame: frame}
}

// Answered is called when a word's picture was the answer: everybody has to get it.
func (l *ledger) Answered(word string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.words[word].answered = time.Now()
}

// Clearing is called before a frame's history is cleared.
func (l *ledger) Clearing(frame string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	f := l.frame(frame)
	f.cleared = append(f.cleared, time.Now())
	for _, e := range f.entries {
		e.removed = true // nobody needs these any more
	}
}

// Removing is called before a picture is taken off.
func (l *ledger) Removing(frame, id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range l.frame(frame).entries {
		e.removed = e.removed || e.id == id
	}
}

// Connected is called when a viewer's connection begins, Left when it has ended.
func (l *ledger) Connected(v *soakViewer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	v.since = time.Now()
	l.watching[v] = true
	if v.last == "" {
		l.tally.joined++
	} else {
		l.tally.resumed++
	}
}

// Left is called when a viewer's connection has ended. Only 502 to 504 may have been
// the reason why there was none.
func (l *ledger) Left(v *soakViewer, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	v.since = time.Time{}
	delete(l.watching, v)
	status := 0
	if err == nil {
		return
	}
	if _, e := fmt.Sscanf(err.Error(), "%3d ", &status); e != nil {
		return
	}
	l.tally.refused++
	if status < 502 || status > 504 {
		l.fault("%s: its connection was answered with %s", v.name, err)
	}
}

// Told is called with the id of any other event that has one. A viewer that has seen
// no picture begins there.
func (l *ledger) Told(v *soakViewer, id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	v.last = id
	if v.place == "" {
		v.place, v.at = id, time.Now()
	}
}

// Saw is called for each picture that comes to a viewer.
func (l *ledger) Saw(v *soakViewer, id, word string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tally.deliveries++
	f := l.frame(v.frame)
	e := l.entry(f, v, id, word)
	switch {
	case e.word != word:
		l.fault("%s: %s is %q, and was %q for others", v.name, id, word, e.word)
	case id == v.place:
		l.fault("%s: %q came twice, as %s", v.name, word, id)
	case id < v.place:
		l.fault("%s: %q came as %s after %s, out of order", v.name, word, id, v.place)
	}
	if v.place != "" {
		e.after[v.place] = v.name
		if id <= f.judged {
			l.judge(f, e, v.place, v.name)
		}
	}
	v.last, v.place, v.at = id, id, time.Now()
}

// entry returns the entry of an id, a new one if it is new.
func (l *ledger) entry(f *soakFrame, v *soakViewer, id, word string) *soakEntry {
	i, known := slices.BinarySearchFunc(f.entries, id, func(e *soakEntry, id string) int { return strings.Compare(e.id, id) })
	if known {
		return f.entries[i]
	}
	e := &soakEntry{id: id, word: word, seen: time.Now(), after: map[string]string{}}
	f.entries = slices.Insert(f.entries, i, e)
	switch w := l.words[word]; {
	case strings.HasPrefix(word, autoplayed):
	case w == nil:
		l.fault("%s: %q came, which nobody has asked for", v.name, word)
	case w.frame != v.frame:
		l.fault("%s: %q came, which was asked on %s", v.name, word, w.frame)
	case w.id != "":
		l.fault("%s: %q came as %s, and had come as %s", v.name, word, id, w.id)
	default:
		w.id = id
	}
	return e
}

// Reset is called when a viewer is told that what follows is not gapless. That is
// right after a clearing, and when it was away for more pictures than are kept.
func (l *ledger) Reset(v *soakViewer, id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tally.resets++
	f := l.frame(v.frame)
	cleared := slices.ContainsFunc(f.cleared, func(began time.Time) bool { return began.After(v.at.Add(-l.late)) })
	newer := 0
	for _, e := range f.entries {
		if e.id > v.place {
			newer++
		}
	}
	if !cleared && newer <= 100 && v.place != "" {
		l.fault("%s: a reset at %s, with %d newer pictures kept and nothing cleared", v.name, v.place, newer)
	}
	v.last, v.place, v.at = id, id, time.Now()
}
