package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// While the disk is full nothing can be published, and all else goes on. Once
// there is room it heals by itself, and nothing is lost or doubled. A limit on
// the size of files is a disk that is full for this process alone.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	p := start(t, "DATA_DIR="+folder)
	p.Publish("main", "before")
	id := p.newest("main")
	viewer := p.follow(ways[0], "main", "")
	viewer.next("picture")
	info, err := os.Stat(filepath.Join(folder, "pictureframe.db"))
	if err != nil {
		t.Fatal(err)
	}
	var old unix.Rlimit
	full := unix.Rlimit{Cur: uint64(info.Size() / 2), Max: unix.RLIM_INFINITY}
	if err := unix.Prlimit(p.cmd.Process.Pid, unix.RLIMIT_FSIZE, &full, &old); err != nil {
		t.Fatal(err)
	}
	// Some pictures may still fit into what the file has; then there is no more.
	fits := 0
	for ; ; fits++ {
		resp, _ := p.request("POST", "/publish", head("Content-Type", asForm), "keyword=fits")
		if resp.StatusCode == 503 {
			if resp.Header.Get("Retry-After") == "" {
				t.Error("got a 503 without Retry-After, want one that says when to come again")
			}
			break
		}
		if fits > 2000 {
			t.Fatal("the disk is never full")
		}
	}
	p.until("/readyz", "not ready")
	p.check(row{"GET", "/", nil, "", 200, ""})
	p.check(row{"GET", "/history", nil, "", 200, "before"})
	resumed := p.follow(ways[0], "main", id)
	for range fits {
		if m := resumed.next("picture", "reset"); m.keyword() != "fits" {
			t.Fatalf("resuming on a full disk: got %s %s, want what was published", m.Event, m.Data)
		}
	}
	if err := unix.Prlimit(p.cmd.Process.Pid, unix.RLIMIT_FSIZE, &old, nil); err != nil {
		t.Fatal(err)
	}
	p.until("/readyz", "ok")
	p.Publish("main", "after")
	for range fits {
		viewer.next("picture")
	}
	if m := viewer.next("picture", "reset"); m.keyword() != "after" {
		t.Errorf("after the disk had room: got %s %s, want the next picture", m.Event, m.Data)
	}
	_, before := p.request("GET", "/history", nil, "")
	p.Stop(unix.SIGTERM)
	if _, after := start(t, "DATA_DIR="+folder).request("GET", "/history", nil, ""); after != before {
		t.Errorf("after a restart: got the history %s, want %s", after, before)
	}
}

// What the disk does to a picture belongs to the request that has asked for it. The
// disk is full for notes as well, which are nobody's: those that fail first have shown
// nothing.
func TestDiskLinesAreOfARequest(t *testing.T) {
	t.Parallel()
	p := start(t, "DATA_DIR="+t.TempDir())
	room := func(bytes uint64) {
		if err := unix.Prlimit(p.cmd.Process.Pid, unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: bytes, Max: unix.RLIM_INFINITY}, nil); err != nil {
			t.Fatal(err)
		}
	}
	late := patient(t)
	for n := 0; ; n++ {
		room(1)
		id := fmt.Sprint("full-", n)
		p.check(row{"POST", "/publish", head("Content-Type", asForm, "X-Request-Id", id), "keyword=fox", 503, ""})
		if p.said("the frames cannot be kept: nothing can be published", id) {
			return
		}
		select {
		case <-late:
			t.Fatalf("the disk was full %d times, and never for a request", n)
		default:
		}
		room(unix.RLIM_INFINITY)
		p.until("/readyz", "ok")
	}
}
