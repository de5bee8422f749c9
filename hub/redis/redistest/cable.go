package redistest

import (
	"io"
	"net"
	"strings"
	"sync"
	"testing"
)

// A Cable leads to a server and can be pulled out: what is connected breaks,
// and nobody connects before it is plugged in again.
type Cable struct {
	URL     string        // of its near end
	Comings chan struct{} // receives for each connection that was let through

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
	carry := func(to, from net.Conn) {
		io.Copy(to, from)
		to.Close()
		from.Close()
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
