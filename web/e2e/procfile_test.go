package e2e

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// A process manager runs the Procfile as a platform does: it sets PORT, and its
// SIGTERM reaches the program itself, whose viewers get a last event. Where a
// buildpack has put the program into bin it is run; where none has, it is built. (A
// stand-in for go says that it was asked to: a second build takes half a minute.)
func TestProcfile(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"after a buildpack", "without one"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			copyInto(t, filepath.Join(dir, "Procfile"), "../../Procfile")
			settings := "PICTURES=album\n"
			if name == "after a buildpack" {
				copyInto(t, filepath.Join(dir, "bin", "picture-frame"), binary)
			} else {
				tools := t.TempDir()
				compiler := fmt.Sprintf("#!/bin/sh\n[ \"$*\" = 'build -o bin/picture-frame .' ] && mkdir bin && cp %s bin/\n", binary)
				if err := os.WriteFile(filepath.Join(tools, "go"), []byte(compiler), 0o755); err != nil {
					t.Fatal(err)
				}
				settings += "PATH=" + tools + ":" + os.Getenv("PATH") + "\n"
			}
			address := freeAddress(t)
			host, port, _ := net.SplitHostPort(address)
			env := filepath.Join(t.TempDir(), "env")
			if err := os.WriteFile(env, []byte(settings+"HOST="+host+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			p := runProxy(t, address, "foreman", "start", "--root", dir, "--procfile", filepath.Join(dir, "Procfile"), "--env", env, "--port", port, "--timeout", "30")
			p.Publish("main", "up")
			f := p.follow(ways[0], "main", "")
			f.next("picture")
			p.Stop(syscall.SIGTERM)
			f.next("bye")
			if conn, err := net.Dial("tcp", address); err == nil {
				conn.Close()
				t.Error("something still listens after the end")
			}
		})
	}
}

// copyInto copies a file with its mode, and makes the folder for it.
func copyInto(t *testing.T, to, from string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.MkdirAll(filepath.Dir(to), 0o755)
	}
	if err == nil {
		err = os.WriteFile(to, data, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
}
