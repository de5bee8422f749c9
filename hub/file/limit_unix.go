//go:build unix

package file

import (
	"os/signal"
	"syscall"
)

// ignoreFileLimit has a limit on the size of files fail the write that exceeds
// it. Otherwise the system's signal would end the process.
func ignoreFileLimit() { signal.Ignore(syscall.SIGXFSZ) }
