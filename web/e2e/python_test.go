package e2e

import (
	"bufio"
	"encoding/json"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// python is the distribution's, which has the packages that the setup installs.
const python = "/usr/bin/python3"

// Clients that split text at every line's end of Unicode, or that take text for
// Latin-1 unless it says otherwise, read every word.
func TestPythonReadsEveryWord(t *testing.T) {
	t.Parallel()
	words := []string{"Ålesund", "日本 入口", "a\u0085b", "c\u2028d", "e\u2029f", "🎃", "last"}
	for _, client := range []string{"requests", "splitlines", "httpx"} {
		t.Run(client, func(t *testing.T) {
			t.Parallel()
			p := start(t)
			p.Publish("main", "first")
			cmd := exec.Command(python, "testdata/follow.py", client, p.URL+"/subscribe")
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			var stderr strings.Builder
			cmd.Stderr = &stderr
			if err := cmd.Start(); err != nil {
				t.Fatalf("%v (make setup installs it)", err)
			}
			t.Cleanup(func() {
				cmd.Process.Kill()
				cmd.Wait()
			})
			got := make(chan message)
			go func() {
				defer close(got)
				for lines := bufio.NewScanner(out); lines.Scan(); {
					var m message
					if json.Unmarshal(lines.Bytes(), &m) == nil && m.Event == "picture" {
						got <- m
					}
				}
			}()
			late := time.After(patience)
			next := func() string {
				select {
				case m, ok := <-got:
					if !ok {
						t.Fatalf("the client has ended: %s", stderr.String())
					}
					return m.keyword()
				case <-late:
					t.Fatalf("no picture came in %v: %s", patience, stderr.String())
				}
				return ""
			}
			if word := next(); word != "first" {
				t.Fatalf("got %q, want the current picture", word)
			}
			for _, want := range words {
				p.Publish("main", want)
				if word := next(); word != want {
					t.Errorf("got %q, want %q", word, want)
				}
			}
		})
	}
}
