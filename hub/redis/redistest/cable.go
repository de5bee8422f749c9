package redistest

import (
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// A Cable leads to a server and can be pulled out: what is connected breaks,
// and nobody connects before it is plugged in again.
type Cable struct {
	URL     string        // of its near end
	Comings chan struct{} // receives for each connection that was let through

	// Forget, if it is set before anybody connects, is how long a connection may say
	// nothing: then it is forgotten, and neither end is told. What is sent on it
	// afterwards is swallowed.
	Forget time.Duration

	mu     sync.Mutex
	pulled bool
	conns  []net.Conn
}

// NewCable returns a cable to the server at an address, plugged in until the test's
// end.
func NewCable(t testing.TB, server string) *Cable {
	t.Helper()
	scheme, address, _ := strings.Cut(server, "://")
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	c := &Cable{URL: scheme + "://" + listener.Addr().String(), Comings: make(chan struct{}, 1000)}
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			c.join(client, address)
		}
	}()
	t.Cleanup(c.Pull)
	return c
}

func (c *Cable) join(client net.Conn, to string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.pulled {
		client.Close()
		return
	}
	server, err := net.Dial("tcp", to)
	if err != nil {
		client.Close()
		return
	}
	c.conns = append(c.conns, client, server)
	var said atomic.Int64 // when either end last said something
	said.Store(time.Now().UnixNano())
	carry := func(to, from net.Conn) {
		defer to.Close()
		defer from.Close()
		buf := make([]byte, 64<<10)
		for forgotten := false; ; {
			n, err := from.Read(buf)
			if err != nil {
				return
			}
			now := time.Now().UnixNano()
			before := said.Swap(now)
			forgotten = forgotten || c.Forget > 0 && time.Duration(now-before) > c.Forget
			if forgotten {
				said.Store(0) // for the other direction as well
				continue
			}
			if _, err := to.Write(buf[:n]); err != nil {
				return
			}
		}
	}
	go carry(client, server)
	go carry(server, client)
	select {
	case c.Comings <- struct{}{}:
	default: // nobody counts so many
	}
}

// Pull breaks what is connected.
func (c *Cable) Pull() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pulled = true
	for _, conn := range c.conns {
		conn.Close()
	}
	c.conns = nil
}

// Plug lets what comes from now on through.
func (c *Cable) Plug() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pulled = false
}
