package web

import (
	"io"
	"sync"
	"time"
)

// maxQueued is how many bytes of lines wait for a slow reader: some ten thousand lines.
const maxQueued = 4 << 20

// A lineQueue writes lines in a goroutine of its own, so that a reader of the log that
// stalls holds up nobody. Lines that find no room are lost, and counted. A process
// that crashes may lose the last lines.
type lineQueue struct {
	to   io.Writer
	tell func(lost int) // writes to to, once there is room again
	more chan struct{}  // says that something waits
	end  chan struct{}
	done chan struct{} // closed after the last line

	mu      sync.Mutex
	waiting []byte // whole lines
	lost    int
}

// newLineQueue returns a queue in front of a writer, which is its own until close.
func newLineQueue(to io.Writer, tell func(lost int)) *lineQueue {
	q := &lineQueue{to: to, tell: tell, more: make(chan struct{}, 1), end: make(chan struct{}), done: make(chan struct{})}
	go q.run()
	return q
}

// Write takes whole lines, and never fails.
func (q *lineQueue) Write(lines []byte) (int, error) {
	q.mu.Lock()
	if len(q.waiting)+len(lines) > maxQueued {
		q.lost++
	} else {
		q.waiting = append(q.waiting, lines...)
	}
	q.mu.Unlock()
	select {
	case q.more <- struct{}{}:
	default: // run has not looked yet since the last one
	}
	return len(lines), nil
}

func (q *lineQueue) run() {
	defer close(q.done)
	for {
		select {
		case <-q.more:
			q.drain()
		case <-q.end:
			q.drain()
			return
		}
	}
}

func (q *lineQueue) drain() {
	q.mu.Lock()
	lines, lost := q.waiting, q.lost
	q.waiting, q.lost = nil, 0
	q.mu.Unlock()
	if len(lines) > 0 {
		_, _ = q.to.Write(lines) // where else could it be told?
	}
	if lost > 0 {
		q.tell(lost)
	}
}

// close writes what waits, if the reader takes it within that time. It is called once.
func (q *lineQueue) close(patience time.Duration) {
	close(q.end)
	select {
	case <-q.done:
	case <-time.After(patience):
	}
}
