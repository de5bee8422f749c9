package web

import (
	"bytes"
	"context"
	"io"
	"log"
	"log/slog"
	"net"
	"os"
	"strings"
	"time"

	"picture-frame/handlers/request"
)

// Logger returns a logger that writes to w with the level and format of the
// settings. Without LOG_FORMAT, the format is text if w is a terminal, else JSON.
// Lines are written in the background, and lost where w takes none for long. Unless
// everything is to be logged, info lines are bounded. The log is ended after its last
// line: what waits is written then, if w takes it in time, and how many were left out.
func (s *Settings) Logger(w io.Writer) (log *slog.Logger, end func(patience time.Duration)) {
	isText := s.LogFormat == "text" || s.LogFormat == "" && terminal(w)
	handler := func(w io.Writer) slog.Handler {
		options := &slog.HandlerOptions{Level: s.LogLevel, ReplaceAttr: readable}
		if isText {
			return slog.NewTextHandler(w, options)
		}
		return slog.NewJSONHandler(w, options)
	}
	told := slog.New(handler(w))
	queue := newLineQueue(w, func(lost int) { told.Warn("lines lost: the reader of this log was too slow", "lines", lost) })
	lines := identified{handler(queue)}
	if s.LogLevel < slog.LevelInfo {
		return slog.New(lines), queue.close
	}
	bounded := newLimited(lines)
	return slog.New(bounded), func(patience time.Duration) {
		bounded.flush()
		queue.close(patience)
	}
}

// identified adds a request's id to the lines that are logged with its context, also
// by packages that know nothing of requests.
type identified struct{ slog.Handler }

// Handle implements slog.Handler.
func (h identified) Handle(ctx context.Context, r slog.Record) error {
	if id := request.ID(ctx); id != "" {
		r.AddAttrs(slog.String("request_id", id))
	}
	return h.Handler.Handle(ctx, r)
}

// WithAttrs implements slog.Handler.
func (h identified) WithAttrs(attrs []slog.Attr) slog.Handler {
	return identified{h.Handler.WithAttrs(attrs)}
}

// WithGroup implements slog.Handler. Nothing here makes groups: the id would be in it.
func (h identified) WithGroup(name string) slog.Handler {
	return identified{h.Handler.WithGroup(name)}
}

// serverLog returns a logger for http.Server. If it cannot accept connections, for
// lack of descriptors for example, that is a warning. Everything else is about a
// single client and is logged for debugging.
func serverLog(to *slog.Logger) *log.Logger {
	return log.New(serverLines{to}, "", 0)
}

type serverLines struct{ to *slog.Logger }

func (s serverLines) Write(line []byte) (int, error) {
	level := slog.LevelDebug
	if bytes.Contains(line, []byte("Accept error")) {
		level = slog.LevelWarn
	}
	s.to.Log(context.Background(), level, "server", "err", string(bytes.TrimSpace(line)))
	return len(line), nil
}

// maxPath is how much of a path is logged, in bytes. No address of ours is as long;
// strangers fill a log with theirs.
const maxPath = 256

// readable writes durations like "1.5s" in JSON too, cuts paths that are none of ours,
// and leaves out errors that are nil.
func readable(_ []string, a slog.Attr) slog.Attr {
	switch {
	case a.Value.Kind() == slog.KindDuration:
		a.Value = slog.StringValue(a.Value.Duration().Round(time.Microsecond).String())
	case a.Key == "path" && len(a.Value.String()) > maxPath:
		a.Value = slog.StringValue(strings.ToValidUTF8(a.Value.String()[:maxPath], "") + "…")
	case a.Key == "err" && a.Value.Any() == nil:
		return slog.Attr{}
	}
	return a
}

func terminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// URL returns the address of the frame for a browser on this machine.
func (s *Settings) URL(bound net.Addr) string {
	host, port, err := net.SplitHostPort(bound.String())
	if err != nil {
		return ""
	}
	if s.Host == "" {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}
