package web

import (
	"bytes"
	"context"
	"io"
	"log"
	"log/slog"
	"net"
	"os"
	"time"
)

// Logger writes to w what the settings ask for. Text is for people: without
// LOG_FORMAT, it is what a terminal gets.
func (s *Settings) Logger(w io.Writer) *slog.Logger {
	options := &slog.HandlerOptions{Level: s.LogLevel, ReplaceAttr: readable}
	if s.LogFormat == "text" || s.LogFormat == "" && terminal(w) {
		return slog.New(slog.NewTextHandler(w, options))
	}
	return slog.New(slog.NewJSONHandler(w, options))
}

// serverLog is for what net/http has to say. That no connection can be accepted
// (no descriptors are left, say) is a warning; all else is about single clients.
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

// readable writes durations as people do, in JSON too, and leaves out the
// error that there is none.
func readable(_ []string, a slog.Attr) slog.Attr {
	switch {
	case a.Value.Kind() == slog.KindDuration:
		a.Value = slog.StringValue(a.Value.Duration().Round(time.Microsecond).String())
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

// URL is where a browser on this machine finds the frame.
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
