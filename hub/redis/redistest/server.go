// Package redistest runs a real Redis for tests.
package redistest

import (
	"context"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

const (
	// patience is how long a server may take to answer, and between how long to
	// wait until it is asked again.
	patience = time.Minute
	between  = 5 * time.Millisecond
)

// A Server keeps nothing on disk: one that is started again has lost
// everything. It ends with its test.
type Server struct {
	Client *goredis.Client
	// From the next Start on: NAME=value, beside this process's own environment, and
	// what follows the server's own options.
	Env, Options []string

	t       testing.TB
	dir     string
	port    string
	address string   // as a setting
	listen  []string // its options for that
	cmd     *exec.Cmd
}

// New returns a server that has a port of its own and does not run yet.
func New(t testing.TB) *Server {
	t.Helper()
	port := hold(t)
	s := &Server{t: t, dir: t.TempDir(), port: port, address: "redis://127.0.0.1:" + port, listen: []string{"--port", port}}
	s.Client = goredis.NewClient(&goredis.Options{Addr: "127.0.0.1:" + port, MaxRetries: -1})
	t.Cleanup(func() {
		s.Client.Close()
		s.Kill()
	})
	return s
}

// hold returns a port that nobody else gets before the test has ended, whether
// a server runs on it or not. It stays bound, and not listened on: Linux lets
// who names it, and allows to use it again, have it too, and nobody else. Where
// that is not so it is only a port that is free for now.
func hold(t testing.TB) (port string) {
	t.Helper()
	syscall.ForkLock.RLock()
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err == nil {
		syscall.CloseOnExec(fd)
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS == "linux" {
		t.Cleanup(func() { syscall.Close(fd) })
	} else {
		defer syscall.Close(fd)
	}
	if err := syscall.SetsockoptInt(fd, syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 1); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		t.Fatal(err)
	}
	name, err := syscall.Getsockname(fd)
	if err != nil {
		t.Fatal(err)
	}
	return strconv.Itoa(name.(*syscall.SockaddrInet4).Port)
}

// URL is the server's address as a setting.
func (s *Server) URL() string { return s.address }

// Start returns s once it answers.
func (s *Server) Start() *Server {
	s.t.Helper()
	own := []string{"--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", s.dir}
	s.cmd = exec.Command("redis-server", slices.Concat(s.listen, own, s.Options)...)
	s.cmd.Env = append(os.Environ(), s.Env...)
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
	s.t.Helper()
	s.cmd.Process.Signal(syscall.SIGSTOP)
	var status syscall.WaitStatus
	var err error = syscall.EINTR
	for err == syscall.EINTR { // it may go on for a moment
		_, err = syscall.Wait4(s.cmd.Process.Pid, &status, syscall.WUNTRACED, nil)
	}
	if err != nil || !status.Stopped() {
		s.t.Fatalf("redis-server does not stop: %v, %v", status, err)
	}
	return func() { s.cmd.Process.Signal(syscall.SIGCONT) }
}
