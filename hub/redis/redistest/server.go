// Package redistest runs a real Redis for tests.
package redistest

import (
	"context"
	"net"
	"os/exec"
	"syscall"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

const (
	// patience is how long a server may take to answer, and between how long to
	// wait until it is asked again.
	patience = 20 * time.Second
	between  = 5 * time.Millisecond
)

// A Server keeps nothing on disk: one that is started again has lost
// everything. It ends with its test.
type Server struct {
	Client *goredis.Client

	t       testing.TB
	port    string
	address string   // as a setting
	listen  []string // its options for that
	cmd     *exec.Cmd
}

// New returns a server that has a port of its own and does not run yet.
func New(t testing.TB) *Server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	l.Close()
	s := &Server{t: t, port: port, address: "redis://127.0.0.1:" + port, listen: []string{"--port", port}}
	s.Client = goredis.NewClient(&goredis.Options{Addr: "127.0.0.1:" + port, MaxRetries: -1})
	t.Cleanup(func() {
		s.Client.Close()
		s.Kill()
	})
	return s
}

// URL is the server's address as a setting.
func (s *Server) URL() string { return s.address }

// Start returns s once it answers.
func (s *Server) Start() *Server {
	s.t.Helper()
	s.cmd = exec.Command("redis-server", append(s.listen, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", s.t.TempDir())...)
	if err := s.cmd.Start(); err != nil {
		s.t.Fatalf("redis-server (.ci/setup installs it): %v", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	clock := time.NewTicker(between)
	defer clock.Stop()
	for s.Client.Ping(ctx).Err() != nil {
		select {
		case <-clock.C:
		case <-ctx.Done():
			s.t.Fatal("redis-server does not answer")
		}
	}
	return s
}

// Kill ends the server as a power cut would.
func (s *Server) Kill() {
	if s.cmd != nil {
		s.cmd.Process.Kill()
		s.cmd.Wait()
		s.cmd = nil
	}
}

// Hang makes the server take requests and answer none, until goOn is called.
func (s *Server) Hang() (goOn func()) {
	s.cmd.Process.Signal(syscall.SIGSTOP)
	return func() { s.cmd.Process.Signal(syscall.SIGCONT) }
}
