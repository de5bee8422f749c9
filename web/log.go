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

// Logger returns a logger that writes to w with the level and format of the
// settings. Without LOG_FORMAT, the format is text if w is a terminal, else JSON.
func (s *Settings) Logger(w io.Writer) *slog.Logger {
	options := &slog.HandlerOptions{Level: s.LogLevel, ReplaceAttr: readable}
	if s.LogFormat == "text" || s.LogFormat == "" && terminal(w) {
		return slog.New(slog.NewTextHandler(w, options))
	}
	return slog.New(slog.NewJSONHandler(w, options))
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

// readable writes durations like "1.5s" in JSON too, and leaves out errors that
// are nil.
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
