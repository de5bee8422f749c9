package e2e

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// nginx runs in front of the program with a server's configuration, and
// returns a program that is the same seen through it.
func nginx(t *testing.T, p *program, location string, more ...*program) *program {
	t.Helper()
	target, upstream := p.URL, ""
	if len(more) > 0 {
		target = "http://processes"
		for _, q := range append(more, p) {
			upstream += " server " + strings.TrimPrefix(q.URL, "http://") + ";"
		}
		upstream = "upstream processes {" + upstream + " }"
	}
	path, err := exec.LookPath("nginx")
	if err != nil {
		path = "/usr/sbin/nginx" // not on everybody's path
	}
	address := freeAddress(t)
	dir := t.TempDir()
	os.Chmod(dir, 0o755) // nginx's worker is another user
	config := fmt.Sprintf(`
daemon off; master_process off; worker_processes 1; error_log stderr warn; pid %[1]s/pid;
events { worker_connections 8192; }
http {
	%[5]s
	access_log off; client_body_temp_path %[1]s/body; proxy_temp_path %[1]s/proxy; fastcgi_temp_path %[1]s/f; uwsgi_temp_path %[1]s/u; scgi_temp_path %[1]s/s;
	gzip on; gzip_proxied any;
	map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
	server { listen %[2]s; location / { proxy_pass %[3]s; %[4]s } }
}`, dir, address, target, location, upstream)
	file := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(file, []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	return runProxy(t, address, path, "-p", dir, "-c", file)
}

// freeAddress returns an address at which nothing listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	free, err := net.Listen("tcp", net.JoinHostPort(home, "0"))
	if err != nil {
		t.Fatal(err)
	}
	defer free.Close()
	return free.Addr().String()
}

// runProxy runs a proxy that is configured to listen at address, until the test
// ends, and returns a program that is seen through it.
func runProxy(t *testing.T, address, path string, args ...string) *program {
	t.Helper()
	p := &program{t: t, URL: "http://" + address, cmd: exec.Command(path, args...), done: make(chan struct{})}
	var stderr strings.Builder
	p.cmd.Stderr = &stderr
	if err := p.cmd.Start(); err != nil {
		t.Fatalf("%s: %v (make setup installs it)", path, err)
	}
	go func() { p.cmd.Wait(); close(p.done) }()
	t.Cleanup(func() { p.Stop(syscall.SIGTERM) })
	late := patient(t)
	for {
		if conn, err := net.Dial("tcp", address); err == nil {
			conn.Close()
			return p
		}
		select {
		case <-p.done:
			t.Fatalf("%s ended: %s", path, stderr.String())
		case <-late:
			t.Fatalf("%s does not listen", path)
		case <-time.After(between):
		}
	}
}

// passThrough checks that pictures pass a proxy one by one, over every way. It
// returns the viewers, and the id of the picture before n0 to n19.
func passThrough(t *testing.T, p, front *program, over []way) (feeds []*feed, first string) {
	t.Helper()
	front.Publish("main", "before")
	first = front.newest("main")
	for _, w := range over {
		feeds = append(feeds, front.follow(w, "main", ""))
	}
	for i, f := range feeds {
		if m := f.next("picture"); m.keyword() != "before" {
			t.Errorf("%s: got first %s, want before", over[i].name, m.Data)
		}
	}
	p.viewers(len(feeds))
	for n := range 20 {
		word := fmt.Sprint("n", n)
		front.Publish("main", word)
		for i, f := range feeds {
			if m := f.next("picture", "reset"); m.keyword() != word {
				t.Fatalf("%s: got %s %s, want %s", over[i].name, m.Event, m.Data, word)
			}
		}
	}
	return feeds, first
}

// endsWell checks that the program's end reaches its viewers.
func endsWell(t *testing.T, p *program, over []way, feeds []*feed) {
	t.Helper()
	if got := p.Stop(syscall.SIGTERM); got != 0 {
		t.Errorf("the program exits with %d, want 0", got)
	}
	for i, f := range feeds {
		if !strings.HasPrefix(over[i].name, "poll") {
			f.next("bye")
		}
	}
}

// Behind nginx as it comes, without a word about buffering: every event passes
// at once and uncompressed, over HTTP/1.0 and over 1.1.
func TestBehindNginx(t *testing.T) {
	t.Parallel()
	const upgrade = "proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade; proxy_set_header Host $http_host;"
	for name, location := range map[string]string{"defaults": "", "HTTP/1.1": upgrade} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t)
			front := nginx(t, p, location)
			over := []way{ways[0], ways[1], ways[2], ways[4]}
			if location == upgrade {
				over[3] = ways[3]
			}
			feeds, first := passThrough(t, p, front, over)
			resp, _ := front.request("GET", "/subscribe?lastEventId=x&once=1", head("Accept-Encoding", "gzip"), "")
			if resp.Header.Get("Content-Encoding") != "" {
				t.Errorf("a stream is compressed on the way: %v", resp.Header)
			}
			front.check(row{"POST", "/publish", head("Content-Type", asForm, "Sec-Fetch-Site", "cross-site"), "keyword=x", 403, ""})
			if location == upgrade {
				s := front.talk("/ws?lastEventId="+first, head("Origin", front.URL))
				if m := s.hear("picture", "reset"); m.keyword() != "n0" {
					t.Errorf("the socket resumes with %s", m.Data)
				}
				s.say(websocket.TextMessage, `{"keyword":"up"}`).hear("published")
				front.check(row{"POST", "/publish", head("Content-Type", asForm, "Origin", front.URL), "keyword=x", 200, ""})
			}
			endsWell(t, p, over, feeds)
		})
	}
}

// Behind a proxy, limits count its clients, whatever they say of themselves.
func TestAddressesBehindNginx(t *testing.T) {
	t.Parallel()
	p := start(t, "TRUST_PROXY=true", "MAX_VIEWERS_PER_ADDRESS=1", "SEARCHES_PER_MINUTE=1")
	front := nginx(t, p, "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;")
	front.follow(ways[0], "main", "").next("presence")
	front.Publish("main", "x")
	claim := head("X-Forwarded-For", "198.51.100.1", "Content-Type", asForm)
	front.check(row{"GET", "/subscribe", claim, "", 429, ""})
	front.check(row{"POST", "/publish", claim, "keyword=x", 429, ""})
	// The proxy itself tells of another client.
	p.check(row{"POST", "/publish", claim, "keyword=x", 200, ""})
}
