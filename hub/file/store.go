// Package file keeps one process's frames in a file, so that the wall outlives
// the process: it is the hub's Cluster over an embedded database (bbolt).
//
// One goroutine owns the database. It writes the pictures that wait for it in one
// transaction, which ends when they are on the disk, and only then hands them to
// the hub (write.go). What is kept is sealed and checked as a whole before the
// first byte is written (open.go, content.go). When a write fails, nothing can be
// published until the file has been opened and checked again (heal.go).
package file

import (
	"context"
	"log/slog"
	"os"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"

	"picture-frame/hub"
	"picture-frame/hub/memory"
)

// groupSize is how many pictures are written at once at most.
const groupSize = 256

// A Store is one process with its file. Its methods may be called from any
// goroutine.
type Store struct {
	*memory.Store // limits, claims and viewers are this process's alone

	path   string
	log    *slog.Logger
	hub    *hub.Hub
	queue  chan *request
	ready  chan struct{} // closed once the hub has what was kept
	stop   chan struct{}
	done   chan struct{} // closed once the file is closed
	up     atomic.Bool
	failed hub.LastFailure // of a write

	// Run's alone.
	db     *bolt.DB // nil while it cannot be written
	info   os.FileInfo
	loaded content // until the hub has it
	notes  notes
	unsure map[string]bool // frames of which the file may not have what the hub has
	desk   desk            // settings and the key
	healAt time.Time
}

// A request is a record that waits to be written.
type request struct {
	ctx      context.Context // of who waits, for the log
	record   hub.Record
	settings *hub.Settings // of the record's frame, to be kept in place of a record
	answer   chan answer   // has room for one
}

type answer struct {
	id  string
	err error
}

// Open opens the frames that are kept in a folder, which is made if only it is
// missing. The error names DATA_DIR and says what to do about it; nothing has
// been changed then. The folder is this process's until Close.
func Open(folder string, log *slog.Logger) (*Store, error) {
	ignoreFileLimit()
	path, err := prepare(folder)
	if err != nil {
		return nil, err
	}
	db, loaded, err := open(path)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	if err != nil {
		_ = db.Close() // nothing was written
		return nil, unwritable(path, err)
	}
	s := &Store{
		Store:  memory.New(),
		path:   path,
		log:    log,
		queue:  make(chan *request, groupSize),
		ready:  make(chan struct{}),
		stop:   make(chan struct{}),
		done:   make(chan struct{}),
		db:     db,
		info:   info,
		loaded: loaded,
		notes:  newNotes(),
		unsure: map[string]bool{},
		desk:   loaded.desk,
	}
	s.up.Store(true)
	return s, nil
}

// Open implements hub.Cluster.
func (s *Store) Open(h *hub.Hub) {
	s.hub = h
	s.Store.Open(h)
	s.Store.Lines = memory.NewLines(h, s.publish, s.keep)
	s.SetKey(s.desk.key)
}

// Durable is true.
func (s *Store) Durable() bool { return true }

// Ready implements hub.Cluster.
func (s *Store) Ready() <-chan struct{} { return s.ready }

// Up reports whether the file could be written when it was last tried.
func (s *Store) Up() bool { return s.up.Load() }

// LastError implements hub.Cluster.
func (s *Store) LastError() time.Time { return s.failed.Time() }

// Check implements hub.Cluster: it returns hub.ErrUnkept while the file cannot be
// written.
func (s *Store) Check(context.Context) error {
	if !s.Up() {
		return hub.ErrUnkept
	}
	return nil
}

// Publish implements hub.Cluster. A picture is on the disk when it returns nil.
// hub.ErrUnkept means that it is not, and has been shown to nobody.
func (s *Store) Publish(ctx context.Context, r hub.Record) (string, error) {
	return s.Lines.Publish(ctx, r)
}

// keep puts what a host has set on the disk.
func (s *Store) keep(frame string, settings hub.Settings) error {
	_, err := s.await(context.Background(), &request{record: hub.Record{Frame: frame}, settings: &settings})
	return err
}

func (s *Store) publish(ctx context.Context, r hub.Record) (string, error) {
	if !r.Lasting() {
		return s.Deliver(ctx, r)
	}
	return s.await(ctx, &request{record: r})
}

// await hands a request to Run and waits for its answer.
func (s *Store) await(ctx context.Context, waiting *request) (string, error) {
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	if err := s.Check(ctx); err != nil {
		return "", err
	}
	waiting.ctx, waiting.answer = ctx, make(chan answer, 1)
	select {
	case s.queue <- waiting:
	case <-s.done:
		return "", hub.ErrClosed
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
	select {
	case a := <-waiting.answer:
		return a.id, a.err
	case <-s.done:
		return "", hub.ErrClosed
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
}

// Run implements hub.Cluster: it gives the hub what was kept, and writes what
// comes until ctx ends or Close is called.
func (s *Store) Run(ctx context.Context) {
	defer close(s.done)
	s.restore()
	close(s.ready)
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case first := <-s.queue:
			s.write(s.gather(first))
		case now := <-tick.C:
			if s.db == nil {
				s.heal(now)
			} else if s.writeNotes(); s.db != nil {
				s.lookAfter()
			}
		case <-ctx.Done():
			s.close()
			return
		case <-s.stop:
			s.close()
			return
		}
	}
}

// Close writes what is left and closes the file. It waits for that no longer
// than ctx.
func (s *Store) Close(ctx context.Context) {
	close(s.stop)
	select {
	case <-s.done:
	case <-ctx.Done():
	}
}

func (s *Store) close() {
	if s.db == nil {
		return
	}
	s.writeNotes()
	if s.db != nil {
		_ = s.db.Close() // every write has ended, with its own error
	}
}
