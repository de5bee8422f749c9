package web

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"picture-frame/handlers/pipetest"
	"picture-frame/hub"
)

func TestSettingsDefaults(t *testing.T) {
	want := Settings{Port: "8080", SearchesPerMinute: 20}
	for name, environ := range map[string][]string{
		"nothing": nil, "set to nothing": {"PORT=", "TRUST_PROXY= ", "AUTOPLAY=", "LOG_LEVEL=", "MAX_VIEWERS=", "ALLOWED_ORIGINS="},
		"other variables": {"PATH=/bin", "=C:=x", "NONSENSE", "port=1"},
	} {
		if got, err := ReadSettings(environ); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v; want %+v", name, got, err, want)
		}
	}
}

func TestSettings(t *testing.T) {
	got, err := ReadSettings([]string{
		"PORT=0", "HOST=[::1]", "REDIS_URL=rediss://u:p@h:1/2",
		"ALLOWED_ORIGINS= https://A.example , http://b.example:80,,https://c.example:443,https://d.example:80", "TRUST_PROXY=1",
		"SEARCHES_PER_MINUTE=0", "MAX_VIEWERS=5", "MAX_VIEWERS_PER_ADDRESS=6", "AUTOPLAY=10s", "BLOCKED_WORDS=a, b c ,", "ADMIN_TOKEN=t", "LOG_LEVEL=WARN", "LOG_FORMAT=text",
		"PORT=7", // the later entry wins
	})
	want := Settings{
		Port: "7", Host: "::1", RedisURL: "rediss://u:p@h:1/2",
		AllowedOrigins: []string{"https://a.example", "http://b.example", "https://c.example", "https://d.example:80"}, TrustProxy: true,
		MaxViewers: 5, MaxViewersByAddress: 6, Autoplay: 10 * time.Second, BlockedWords: []string{"a", "b c"}, AdminToken: "t",
		LogLevel: slog.LevelWarn, LogFormat: "text",
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}
	if got.Address() != "[::1]:7" {
		t.Errorf("it listens at %q", got.Address())
	}
}

// A check of another package reads what is set as we do, and what it finds is
// told with our own problems.
func TestSettingsOfOtherPackages(t *testing.T) {
	var read []string
	check := func(lookup func(string) string) []string {
		read = []string{lookup("TOY"), lookup("EMPTY"), lookup("UNSET")}
		return []string{"TOY is broken"}
	}
	_, err := ReadSettings([]string{"TOY=old", "TOY= new ", "EMPTY= ", "PORT=x"}, check)
	if want := []string{"new", "", ""}; !reflect.DeepEqual(read, want) {
		t.Errorf("got %q, want %q", read, want)
	}
	if want := "settings: PORT is not a port number from 0 to 65535; TOY is broken"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestContentPolicyNamesPhotoHosts(t *testing.T) {
	const want = "; img-src 'self' https://a.example https://*.b.example data:;"
	if got := contentPolicy([]string{"https://a.example", "https://*.b.example"}); !strings.Contains(got, want) {
		t.Errorf("got %q, want %q in it", got, want)
	}
}

func TestURL(t *testing.T) {
	bound := &net.TCPAddr{IP: net.IPv6unspecified, Port: 8080}
	for host, want := range map[string]string{"": "http://localhost:8080", "::": "http://[::]:8080"} {
		if got := (&Settings{Host: host}).URL(bound); got != want {
			t.Errorf("HOST=%q: %s, want %s", host, got, want)
		}
	}
}

func TestLogger(t *testing.T) {
	file, err := os.CreateTemp(t.TempDir(), "log")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for format, want := range map[string]string{"": "{", "json": "{", "text": "time="} {
		var out strings.Builder
		log, end := (&Settings{LogFormat: format}).Logger(&out)
		log.Info("x")
		end(time.Minute)
		if !strings.HasPrefix(out.String(), want) {
			t.Errorf("LOG_FORMAT=%s writes %q", format, out.String())
		}
	}
	var out strings.Builder
	log, end := (&Settings{}).Logger(&out)
	log.Info("request", "path", "/"+strings.Repeat("é", 8000))
	end(time.Minute)
	if n := out.Len(); n < maxPath || n > 2*maxPath || !utf8.ValidString(out.String()) {
		t.Errorf("a path of 16,000 bytes makes a line of %d", n)
	}
	log, end = (&Settings{}).Logger(file)
	log.Info("x")
	end(time.Minute)
	if text, _ := os.ReadFile(file.Name()); !strings.HasPrefix(string(text), "{") {
		t.Errorf("to a file it writes %q", text)
	}
}

// Whoever goes on asking while Redis is away does not fill the log with warnings.
func TestFailuresThatPassAreNoWarnings(t *testing.T) {
	for err, want := range map[error]string{hub.ErrAway: "INFO", hub.ErrUnkept: "INFO", errors.New("x"): "WARN"} {
		var out strings.Builder
		log, end := (&Settings{LogFormat: "text"}).Logger(&out)
		c := echo.New().NewContext(httptest.NewRequest(http.MethodPost, "/publish", nil), httptest.NewRecorder())
		(failures{log}).answer(err, c)
		if end(time.Minute); !strings.Contains(out.String(), "level="+want+` msg="request failed"`) {
			t.Errorf("%v: got the line %s, want level %s", err, out.String(), want)
		}
	}
}

// A part of a file that is compressed by itself is no part of the file.
func TestPartsAreNotCompressed(t *testing.T) {
	e := echo.New()
	e.Use(middleware.GzipWithConfig(middleware.GzipConfig{Skipper: notCompressed}))
	e.GET("/static/:hash/*", assets())
	for ranges, want := range map[string]string{"": "gzip", "bytes=0-1999": ""} {
		r := httptest.NewRequest(http.MethodGet, "/static/x/js/app.js", nil)
		r.Header.Set("Accept-Encoding", "gzip")
		r.Header.Set("Range", ranges)
		w := httptest.NewRecorder()
		if e.ServeHTTP(w, r); w.Header().Get("Content-Encoding") != want {
			t.Errorf("Range %q: %d, encoded as %q, want %q", ranges, w.Code, w.Header().Get("Content-Encoding"), want)
		}
	}
}

// A client that gives gzip the weight 0 (RFC 9110, 12.5.3) may not be able to
// unpack it.
func TestGzipCanBeRefused(t *testing.T) {
	e := echo.New()
	e.Use(middleware.GzipWithConfig(middleware.GzipConfig{Skipper: notCompressed}))
	e.GET("/static/:hash/*", assets())
	for accepted, want := range map[string]string{
		"gzip": "gzip", "br, gzip;q=0.5": "gzip", "gzip;q=1": "gzip", "gzip;x": "gzip",
		"gzip;q=0": "", "br, GZIP ; q=0.000 , *": "", "identity": "",
	} {
		r := httptest.NewRequest(http.MethodGet, "/static/x/js/app.js", nil)
		r.Header.Set("Accept-Encoding", accepted)
		w := httptest.NewRecorder()
		if e.ServeHTTP(w, r); w.Header().Get("Content-Encoding") != want {
			t.Errorf("Accept-Encoding %q: %d, encoded as %q, want %q", accepted, w.Code, w.Header().Get("Content-Encoding"), want)
		}
	}
}

// An operator has to know what keeps all clients out, but not what a single client
// has done wrong.
func TestServerErrorsAreLogged(t *testing.T) {
	var out bytes.Buffer
	log := serverLog(slog.New(slog.NewTextHandler(&out, nil)))
	log.Printf("http: Accept error: %v; retrying in %v", "too many open files", time.Second)
	log.Print("http: URL query contains semicolon")
	if text := out.String(); !strings.Contains(text, "level=WARN") || !strings.Contains(text, "too many open files") || strings.Contains(text, "semicolon") {
		t.Errorf("logged %q", text)
	}
}

func TestRightmostForwarded(t *testing.T) {
	for _, test := range []struct {
		lines []string
		want  string
	}{
		{nil, "192.0.2.1"}, {[]string{""}, "192.0.2.1"}, {[]string{"203.0.113.9"}, "203.0.113.9"},
		{[]string{"10.0.0.1, 203.0.113.9 "}, "203.0.113.9"}, {[]string{"203.0.113.9", "10.0.0.1"}, "10.0.0.1"},
		{[]string{"203.0.113.9:80"}, "203.0.113.9"}, {[]string{"2001:db8::1"}, "2001:db8::1"}, {[]string{"[2001:db8::1]:80"}, "2001:db8::1"},
		{[]string{"[2001:db8::1]"}, "2001:db8::1"}, {[]string{"unknown"}, "192.0.2.1"}, {[]string{"203.0.113.9, _hidden"}, "192.0.2.1"},
		{[]string{"203.0.113.9,"}, "192.0.2.1"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil) // from 192.0.2.1
		r.Header[echo.HeaderXForwardedFor] = test.lines
		if got := rightmostForwarded(r); got != test.want {
			t.Errorf("%q: %s, want %s", test.lines, got, test.want)
		}
	}
}

// A client that does not read its answer is cut off. A stream has no such limit,
// not even one left by an earlier answer on its connection.
func TestAnswersAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const limit = time.Minute
		began, ended := time.Now(), make(chan error, 1)
		e := echo.New()
		e.Use(bounded(limit))
		e.GET("/endless", func(c echo.Context) error {
			for page := make([]byte, 1<<16); ; {
				if _, err := c.Response().Write(page); err != nil {
					ended <- err
					return nil
				}
			}
		})
		e.GET("/short", func(c echo.Context) error { return c.String(http.StatusOK, "ok") })
		e.GET("/subscribe", func(c echo.Context) error {
			time.Sleep(2 * limit) // longer than the answer before it was allowed
			return c.String(http.StatusOK, "stream")
		})
		listener := pipetest.NewListener()
		server := &http.Server{Handler: e}
		go server.Serve(listener)
		defer server.Close()
		conn := listener.Dial(t)
		const request = "GET %s HTTP/1.1\r\nHost: x\r\n\r\n"
		fmt.Fprintf(conn, request+request+request, "/short", "/subscribe", "/endless")
		in := bufio.NewReader(conn)
		for _, want := range []string{"ok", "stream"} {
			resp, err := http.ReadResponse(in, nil)
			if err != nil {
				t.Fatalf("instead of %q: %v", want, err)
			}
			if got, err := io.ReadAll(resp.Body); string(got) != want || err != nil {
				t.Errorf("got %q, %v; want %q", got, err, want)
			}
		}
		if err := <-ended; !errors.Is(err, os.ErrDeadlineExceeded) || time.Since(began) != 3*limit {
			t.Errorf("the answer that nobody read ended with %v after %v", err, time.Since(began))
		}
	})
}
