package web

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"
)

const (
	// stopTime is all that stopping may take; the platform kills us later, but
	// our promise is 5 s.
	stopTime = 4500 * time.Millisecond
	// searchesTime of it is for searches that are running, whose pictures
	// still reach everybody.
	searchesTime = 2500 * time.Millisecond
)

// Shutdown ends the server in order: readyz says so, no new searches and
// streams; searches that are running finish while there is time, and whoever
// comes meanwhile is told to come back; no new connections; every stream gets
// its last event. An error says what was cut short.
func (s *Server) Shutdown() error {
	ctx, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	s.stopping.Store(true)
	s.admission.Close()
	patience, enough := context.WithTimeout(ctx, searchesTime)
	defer enough()
	s.async.Wait(patience)
	// Streams end once the listener is closed: a browser then meets a refused
	// connection, which it tries again, and not our 503, which it does not.
	s.http.RegisterOnShutdown(func() {
		s.unused.close()
		s.lab.Close()
		s.hub.Close()
	})
	if err := s.http.Shutdown(ctx); err != nil {
		s.http.Close()
		return err
	}
	return errors.Join(s.hub.Wait(ctx), s.lab.Wait(ctx))
}

// unused are the connections on which no request has come yet. Browsers open
// such in advance, and http.Server.Shutdown would wait 5 s for each.
type unused struct {
	mu    sync.Mutex
	conns map[net.Conn]struct{}
}

func (u *unused) state(c net.Conn, now http.ConnState) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if now == http.StateNew {
		u.conns[c] = struct{}{}
	} else {
		delete(u.conns, c)
	}
}

func (u *unused) close() {
	u.mu.Lock()
	defer u.mu.Unlock()
	for c := range u.conns {
		c.Close()
	}
}
