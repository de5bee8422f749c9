// Package pipetest serves HTTP on connections within a test's process, so that the
// time of a synctest bubble goes on while both ends wait.
package pipetest

import (
	"net"
	"testing"
)

// A Listener accepts the connections that Dial makes.
type Listener struct {
	conns  chan net.Conn
	closed chan struct{}
}

// NewListener returns a listener for an http.Server, which closes it.
func NewListener() *Listener {
	return &Listener{conns: make(chan net.Conn), closed: make(chan struct{})}
}

// Dial returns the client's end of a new connection. It is closed with the test.
func (l *Listener) Dial(t *testing.T) net.Conn {
	t.Helper()
	here, there := net.Pipe()
	l.conns <- there
	t.Cleanup(func() { here.Close() })
	return here
}

// Accept implements net.Listener.
func (l *Listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener.
func (l *Listener) Close() error { close(l.closed); return nil }

// Addr implements net.Listener.
func (l *Listener) Addr() net.Addr { return &net.TCPAddr{} }
