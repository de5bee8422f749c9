package web

import (
	"log/slog"

	"golang.org/x/sys/unix"
)

// viewersPossible returns how many streams the limit on open files allows, 0 if the
// limit is not known, and logs both. The Go runtime has raised the limit to the
// hard one. Some descriptors are reserved for pages, posts, health checks and
// metrics.
func viewersPossible(log *slog.Logger) int {
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &limit); err != nil {
		log.Warn("limit on open files not known", "err", err)
		return 0
	}
	files := int(min(limit.Cur, 1<<30))
	possible := max(1, files-min(400, max(32, files/10)))
	log.Info("limit on open files", "files", files, "possible", possible)
	return possible
}
