package e2e

import (
	"slices"
	"time"
)

// needed reports whether a picture had to come to everybody.
func (l *ledger) needed(f *soakFrame, e *soakEntry) bool {
	w := l.words[e.word]
	return w != nil && !w.answered.IsZero() && w.id == e.id && !e.removed
}

// judge finds what a viewer has missed that came to a picture from an id.
func (l *ledger) judge(f *soakFrame, e *soakEntry, from, viewer string) {
	for _, missed := range f.entries {
		if missed.id > from && missed.id < e.id && l.needed(f, missed) {
			l.fault("%s: lost %q (%s): %s came after %s", viewer, missed.word, missed.id, e.id, from)
		}
	}
}

// Judge finds what is wrong with what is old enough.
func (l *ledger) Judge(now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	old := now.Add(-l.late)
	for name, f := range l.frames {
		for _, e := range f.entries {
			if e.id <= f.judged || e.seen.After(old) {
				continue
			}
			for from, viewer := range e.after {
				l.judge(f, e, from, viewer)
			}
			f.judged = e.id
			if l.needed(f, e) {
				l.judgeTail(name, e)
			}
		}
		if n := len(f.entries) - soakKept; n > 0 {
			f.entries = slices.Delete(f.entries, 0, n)
		}
	}
	for text, w := range l.words {
		if w.judged || w.answered.IsZero() || w.answered.After(old) {
			continue
		}
		w.judged = true
		if w.id == "" {
			l.fault("lost %q of %s: it was answered at %s, and nobody has seen it", text, w.frame, w.answered.UTC().Format("15:04:05"))
		}
	}
}

// judgeTail finds the viewers that were there when others got a picture, and still
// wait for it.
func (l *ledger) judgeTail(frame string, e *soakEntry) {
	for v := range l.watching {
		if v.frame == frame && v.since.Before(e.seen) && v.place != "" && v.place < e.id {
			l.fault("%s: lost %q (%s): it is at %s since %s", v.name, e.word, e.id, v.place, v.at.UTC().Format("15:04:05"))
		}
	}
}

// Behind returns the viewers that are not at the newest picture of their frame.
func (l *ledger) Behind() (behind []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for v := range l.watching {
		f := l.frame(v.frame)
		if n := len(f.entries); n > 0 && l.needed(f, f.entries[n-1]) && v.place < f.entries[n-1].id {
			behind = append(behind, v.name)
		}
	}
	return behind
}

// Newest returns the word of a frame's newest picture, if that still hangs.
func (l *ledger) Newest(frame string) (word string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	f := l.frame(frame)
	if n := len(f.entries); n > 0 && l.needed(f, f.entries[n-1]) {
		return f.entries[n-1].word
	}
	return ""
}
