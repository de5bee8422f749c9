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
	// stopTime bounds Shutdown. The platform allows more, but the program promises
	// to stop within 5 s.
	stopTime = 4500 * time.Millisecond
	// searchesTime is the part of it in which running searches may still end and
	// their pictures be delivered.
	searchesTime = 2500 * time.Millisecond
)

// Shutdown ends the server in this order: /readyz fails, and new streams and
// searches are refused with 503; running searches may end within searchesTime; no
// new connections are accepted; every stream gets its last event. The error says
// what did not end within stopTime.
func (s *Server) Shutdown() error {
	ctx, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	s.stopping.Store(true)
	s.admission.Close()
	patience, enough := context.WithTimeout(ctx, searchesTime)
	defer enough()
	s.searches.Wait(patience)
	// Streams end after the listener is closed, so that a browser that reconnects
	// at once meets a refused connection, after which it tries again. After a 503
	// an EventSource gives up.
	s.http.RegisterOnShutdown(func() {
		s.unused.close()
		s.lab.Close()
		s.hub.Close()
	})
	if err := s.http.Shutdown(ctx); err != nil {
		s.http.Close()
		return err
	}
	return errors.Join(s.hub.Wait(ctx), s.lab.Wait(ctx), s.admission.Wait(ctx))
}

// unused holds the connections on which no request has come yet. Browsers open
// them in advance, and http.Server.Shutdown would wait 5 s for them.
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
