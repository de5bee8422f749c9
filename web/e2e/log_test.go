package e2e

import (
	"net/http"
	"sync"
	"syscall"
	"testing"
)

// A reader of standard output that takes nothing more holds up nobody.
func TestLogWithoutAReader(t *testing.T) {
	t.Parallel()
	reads := make(chan struct{})
	listens := false
	p := &program{t: t, each: func(line map[string]any) {
		if listens {
			<-reads
		}
		listens = listens || line["msg"] == "listening"
	}}
	p.launch(binary, t.TempDir())
	read := sync.OnceFunc(func() { close(reads) })
	t.Cleanup(read) // before the program is ended
	client := http.Client{Timeout: patience}
	for range 400 { // each of which is a line of more than 200 bytes, and a pipe holds 64 KiB
		resp, err := client.Get(p.URL + "/history")
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
	}
	p.cmd.Process.Signal(syscall.SIGTERM)
	state, err := p.cmd.Process.Wait()
	read()
	if err != nil || state.ExitCode() != 0 {
		t.Errorf("the program ended with %v, %v", state, err)
	}
}
