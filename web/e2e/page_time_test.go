package e2e

import (
	"syscall"
	"testing"
)

// A time server sets the clock back while the server does not answer: silence
// is silence all the same.
func TestClockGoesBack(t *testing.T) {
	t.Parallel()
	p := start(t)
	all := tabs(t, 2)
	for _, ctx := range all {
		listen(t, ctx, p.URL, `{ frame: 'time' }`)
		live(t, ctx)
	}
	p.Publish("time", "before")
	for _, ctx := range all {
		sees(t, ctx, "before")
	}
	p.cmd.Process.Signal(syscall.SIGSTOP)
	thaw := func() { p.cmd.Process.Signal(syscall.SIGCONT) }
	defer thaw()
	for _, ctx := range all {
		evaluate[bool](t, ctx, `(() => {
			const { now } = Date;
			Date.now = () => now() - 3600_000;
			return true;
		})()`)
	}
	for _, ctx := range all {
		within(t, ctx, 2*patience, `link.state !== 'live'`) // it takes 37 s
	}
	thaw()
	p.Publish("time", "after")
	for _, ctx := range all {
		sees(t, ctx, "before", "after")
	}
}
