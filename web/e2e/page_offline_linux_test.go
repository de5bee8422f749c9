package e2e

import (
	"os"
	"os/exec"
	"syscall"
	"testing"

	"github.com/chromedp/cdproto/page"
	"golang.org/x/sys/unix"
)

// A machine whose only interface is the loopback: the browser says that it is
// offline, and a server on the same machine can be reached all the same.
func TestOfflineThatIsNot(t *testing.T) {
	const inside = "E2E_LOOPBACK_ONLY"
	told := false // where there is no network of its own to be had, the browser is told
	if os.Getenv(inside) != "" {
		loopbackUp(t)
	} else if told = !alone(t, inside+"=1"); !told {
		return
	}
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGKILL} {
		t.Run(signal.String(), func(t *testing.T) {
			p := launch(t, "HOST="+home)
			ctx := window(t)
			if told {
				command(t, ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
					Source: `Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false })`})
			}
			listen(t, ctx, p.URL, `{ frame: 'kiosk' }`)
			live(t, ctx)
			if evaluate[bool](t, ctx, `navigator.onLine`) {
				t.Fatal("the browser says it is online; this shows nothing")
			}
			p.Publish("kiosk", "one")
			sees(t, ctx, "one")
			evaluate[bool](t, ctx, `(window.waits = [], c.addEventListener('state', ({ detail }) => waits.push([detail.state, detail.retryIn])), true)`)
			p.Stop(signal)
			within(t, ctx, patience, `waits.length`)
			// A bye promises 1 to 5 s, and the first of several attempts comes after 1 to 2 s.
			if first := evaluate[[]any](t, ctx, `waits[0]`); first[0] != "waiting" || first[1].(float64) > 5000 {
				t.Errorf("the page says %v after %v, want waiting for at most 5 s", first, signal)
			}
			p = launch(t, "HOST="+home, "PORT="+p.Port)
			live(t, ctx)
			p.Publish("kiosk", "two")
			sees(t, ctx, "one", "reset", "two")
			p.Stop(syscall.SIGTERM)
		})
	}
}

// alone runs the test once more, in a network of its own. It reports whether there
// was one to be had.
func alone(t *testing.T, env string) bool {
	t.Helper()
	again := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	again.Env = append(os.Environ(), env)
	again.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET, Pdeathsig: syscall.SIGKILL}
	if uid := os.Geteuid(); uid != 0 {
		again.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		again.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{HostID: uid, Size: 1}}
		again.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getegid(), Size: 1}}
	}
	out, err := again.CombinedOutput()
	if again.Process == nil {
		t.Logf("no network of its own to be had: %v", err)
		return false
	}
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	return true
}

// loopbackUp brings up the loopback interface, which a new network has down.
func loopbackUp(t *testing.T) {
	t.Helper()
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(fd)
	lo, err := unix.NewIfreq("lo")
	if err != nil {
		t.Fatal(err)
	}
	lo.SetUint16(unix.IFF_UP)
	if err := unix.IoctlIfreq(fd, unix.SIOCSIFFLAGS, lo); err != nil {
		t.Fatal(err)
	}
}
