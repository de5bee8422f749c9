// Package e2e tests the program through its front door: the real binary,
// real connections, a real browser.
package e2e

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// binary is the program, built once with the race detector.
var binary string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "picture-frame")
	if err != nil {
		panic(err)
	}
	binary = filepath.Join(dir, "picture-frame")
	build := exec.Command("go", "build", "-race", "-o", binary, "picture-frame")
	build.Stdout, build.Stderr = os.Stdout, os.Stderr
	if err := build.Run(); err != nil {
		fmt.Println("cannot build the program:", err)
		os.Exit(1)
	}
	code := m.Run()
	closeBrowsers()
	os.RemoveAll(dir)
	os.Exit(code)
}

// patience is how long a test waits for what should happen; it decides nothing
// but how long a failing test takes. It is much longer than the 25 s of a poll
// and the 30 s between two attempts of a page.
const patience = 2 * time.Minute

// A program is a running picture-frame.
type program struct {
	t    *testing.T
	URL  string // without a slash at the end
	Port string
	cmd  *exec.Cmd
	done chan struct{} // closed when it has ended

	// each gets the log's lines, which are not kept then. nil: they are kept.
	each func(line map[string]any)
	mu   sync.Mutex
	log  []map[string]any
}

// start runs the program in an empty directory with PICTURES=album, no limit
// on searches and a free port, unless env (NAME=value) says otherwise. It ends
// with the test, which fails if it then does not exit with 0.
func start(t *testing.T, env ...string) *program {
	t.Helper()
	return startIn(t, t.TempDir(), env...)
}

// startIn is start in a directory, whose .env counts.
func startIn(t *testing.T, dir string, env ...string) *program {
	t.Helper()
	p := launchIn(t, dir, env...)
	t.Cleanup(func() {
		if p.Stop(syscall.SIGTERM) != 0 && !t.Failed() {
			t.Errorf("the program did not exit with 0; its log ends with %v", p.Tail(5))
		}
	})
	return p
}

// home is an address for tests that free a port and listen at it again: nothing
// else takes ports of it.
const home = "::1"

// launch is start without an expectation about the end.
func launch(t *testing.T, env ...string) *program {
	t.Helper()
	return launchIn(t, t.TempDir(), env...)
}

func launchIn(t *testing.T, dir string, env ...string) *program {
	t.Helper()
	p := &program{t: t}
	p.launch(binary, dir, env...)
	return p
}

// launch runs a build of the program, and returns when it listens.
func (p *program) launch(binary, dir string, env ...string) {
	t := p.t
	t.Helper()
	p.done = make(chan struct{})
	p.cmd = exec.Command(binary)
	p.cmd.Dir = dir
	p.cmd.Env = append([]string{
		"PATH=" + os.Getenv("PATH"), "HOST=127.0.0.1", "PORT=0", "PICTURES=album",
		"SEARCHES_PER_MINUTE=0", "LOG_FORMAT=json", "LOG_LEVEL=debug", "GORACE=halt_on_error=1 exitcode=66 atexit_sleep_ms=0",
	}, env...)
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr strings.Builder
	p.cmd.Stderr = &stderr
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	listening := make(chan string, 1)
	go func() {
		defer close(p.done)
		p.read(out, listening)
		p.cmd.Wait()
		if stderr.Len() > 0 {
			t.Log("stderr:", stderr.String())
		}
	}()
	t.Cleanup(func() { p.Stop(syscall.SIGKILL) })
	select {
	case address := <-listening:
		p.URL = "http://" + address
		p.Port = address[strings.LastIndexByte(address, ':')+1:]
	case <-p.done:
		t.Fatalf("the program ended at once: %s", stderr.String())
	case <-time.After(patience):
		t.Fatal("the program does not listen")
	}
}

func (p *program) read(out io.Reader, listening chan<- string) {
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		var line map[string]any
		if json.Unmarshal(lines.Bytes(), &line) != nil {
			continue
		}
		if p.each != nil {
			p.each(line)
		} else {
			p.mu.Lock()
			p.log = append(p.log, line)
			p.mu.Unlock()
		}
		if line["msg"] == "listening" {
			listening <- line["address"].(string)
		}
	}
}

// Tail returns the last n lines of the program's log.
func (p *program) Tail(n int) []map[string]any {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]map[string]any(nil), p.log[max(0, len(p.log)-n):]...)
}

// Stop sends the program a signal and returns its exit code once it has ended.
func (p *program) Stop(s os.Signal) int {
	p.cmd.Process.Signal(s) // it may have ended
	select {
	case <-p.done:
	case <-time.After(patience):
		p.cmd.Process.Kill()
		<-p.done
	}
	return p.cmd.ProcessState.ExitCode()
}

// Publish asks for a picture and returns it.
func (p *program) Publish(frame, keyword string) map[string]any {
	p.t.Helper()
	resp, err := http.PostForm(p.URL+"/publish?frame="+frame, url.Values{"keyword": {keyword}})
	if err != nil {
		p.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	var picture map[string]any
	if err := json.Unmarshal(body, &picture); err != nil || resp.StatusCode != http.StatusOK {
		p.t.Fatalf("publish %q: %s: %s", keyword, resp.Status, body)
	}
	return picture
}

// transport returns the answer of a server that answers before it has read the
// whole request and then closes the connection. By itself, http.Transport may
// return the error of its write instead.
var transport = &http.Transport{DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
	return heedless{conn}, err
}}

// heedless does not mind whether what it writes is wanted.
type heedless struct{ net.Conn }

func (h heedless) Write(p []byte) (int, error) {
	h.Conn.Write(p) // that it failed shows in the answer, or in that there is none
	return len(p), nil
}

// request sends one request and returns the answer with its body read.
func (p *program) request(method, path string, header http.Header, body string) (*http.Response, string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), patience)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, method, p.URL+path, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	for name, values := range header {
		r.Header[name] = values
	}
	client := http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return resp, string(text)
}
