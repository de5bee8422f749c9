package e2e

import (
	encoding "encoding/binary"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A steppedClock is the wall clock of a program that has its Env. Monotonic clocks
// stay, as they do when a real one is set.
type steppedClock struct {
	t    *testing.T
	file string
	Env  []string
}

func newSteppedClock(t *testing.T, env ...string) *steppedClock {
	c := &steppedClock{t: t, file: filepath.Join(t.TempDir(), "offset")}
	c.Env = append(env, "CLOCK_OFFSET="+c.file)
	c.Step(0)
	return c
}

// Step sets how far the clock is off.
func (c *steppedClock) Step(by time.Duration) {
	f, err := os.OpenFile(c.file, os.O_RDWR|os.O_CREATE, 0o600) // it is mapped, so it must stay the same file
	if err == nil {
		err = encoding.Write(f, encoding.NativeEndian, int64(by/time.Second))
		f.Close()
	}
	if err != nil {
		c.t.Error(err)
	}
}

// clockOfC returns the clock of a program that uses the C library's.
func clockOfC(t *testing.T) *steppedClock {
	t.Helper()
	library := filepath.Join(t.TempDir(), "clock.so")
	if out, err := exec.Command("cc", "-shared", "-fPIC", "-O1", "-o", library, "testdata/clock.c").CombinedOutput(); err != nil {
		t.Fatalf("cc (make setup installs it): %v: %s", err, out)
	}
	return newSteppedClock(t, "LD_PRELOAD="+library)
}

// buildStepped builds the program so that a steppedClock is the one that time.Now
// tells.
func buildStepped(t *testing.T) (binary string) {
	t.Helper()
	dir := t.TempDir()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(strings.TrimSpace(string(root)), "src/time/time.go")
	source, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	const reads = "\tsec, nsec, mono := runtimeNow()\n"
	changed := strings.Replace(string(source), reads, reads+"\tsec += *stepped\n", 1)
	if changed == string(source) {
		t.Fatalf("this Go's time.Now does not have the line %q", reads)
	}
	added, err := os.ReadFile("testdata/clock.go.txt")
	if err != nil {
		t.Fatal(err)
	}
	now, clock, overlay := filepath.Join(dir, "time.go"), filepath.Join(dir, "clock.go"), filepath.Join(dir, "overlay.json")
	replace, _ := json.Marshal(map[string]any{"Replace": map[string]string{name: now, filepath.Join(filepath.Dir(name), "stepped.go"): clock}})
	for file, text := range map[string]string{now: changed, clock: string(added), overlay: string(replace)} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	binary = filepath.Join(dir, "picture-frame")
	if out, err := exec.Command("go", "build", "-overlay", overlay, "-o", binary, "picture-frame").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return binary
}
