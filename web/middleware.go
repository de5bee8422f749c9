package web

import (
	"crypto/subtle"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/pprof"
	"net/netip"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers"
	"picture-frame/static"
)

// contentPolicy lets the page load what is ours, and pictures from photos.
func contentPolicy(photos []string) string {
	images := strings.Join(append([]string{"'self'"}, photos...), " ")
	return "default-src 'none'; script-src 'self'; style-src 'self'; " +
		"img-src " + images + " data:; connect-src 'self'; manifest-src 'self'; " +
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}

// maxIgnored is how many bytes of a body are taken in where none is wanted.
const maxIgnored = 4 << 10

// secure sets the header that every answer carries.
func secure(policy string) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			h := c.Response().Header()
			h.Set(echo.HeaderContentSecurityPolicy, policy)
			h.Set(echo.HeaderXContentTypeOptions, "nosniff")
			h.Set(echo.HeaderReferrerPolicy, "strict-origin-when-cross-origin")
			return next(c)
		}
	}
}

// bounded gives an answer its time. Streams have their own rules; those that
// are taken over lose this limit by that.
func bounded(limit time.Duration) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			end := time.Now().Add(limit)
			if path := c.Path(); path == "/subscribe" || strings.HasPrefix(path, "/lab/") || strings.HasPrefix(path, "/debug/") {
				end = time.Time{} // also of the request before it on this connection
			}
			_ = http.NewResponseController(c.Response().Writer).SetWriteDeadline(end) // a recorder has none
			return next(c)
		}
	}
}

// received takes in the body that a GET may come with, though it means nothing.
// A poll and the lab's streams lift the limit on the time to read, and without
// this would wait for such a body for ever.
func received(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if r.Body != http.NoBody && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
			if _, err := io.Copy(io.Discard, http.MaxBytesReader(c.Response(), r.Body, maxIgnored)); err != nil {
				return echo.NewHTTPError(http.StatusBadRequest).SetInternal(err)
			}
		}
		return next(c)
	}
}

// logRequests writes a line for each request, and counts it. A stream is
// logged when it opens and when it closes, by its own endpoint.
func logRequests(log *slog.Logger, m *Metrics) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			began := time.Now()
			if err := next(c); err != nil {
				c.Error(err) // answers, so that the status is known here
			}
			r, status := c.Request(), c.Response().Status
			m.request(c.Path(), r.Method, status, time.Since(began))
			level := slog.LevelInfo
			if c.Path() == "/healthz" || c.Path() == "/readyz" || c.Path() == "/metrics" || strings.HasPrefix(c.Path(), "/static") {
				level = slog.LevelDebug
			}
			log.LogAttrs(r.Context(), level, "request", slog.String("method", r.Method), slog.String("path", r.URL.Path),
				slog.Int("status", status), slog.Duration("took", time.Since(began)), slog.String("address", c.RealIP()))
			return nil
		}
	}
}

func logPanic(log *slog.Logger) func(echo.Context, error, []byte) error {
	return func(c echo.Context, err error, _ []byte) error {
		log.Error("panic", "path", c.Path(), "err", err, "stack", string(debug.Stack()))
		return err
	}
}

// notCompressed keeps gzip away from streams, which it would hold back, from
// answers that are always too short for it, and from parts of files: their place
// is counted in the plain file (RFC 9110, 14.2).
func notCompressed(c echo.Context) bool {
	switch c.Path() {
	case "/subscribe", "/ws", "/poll", "/metrics", "/publish":
		return true
	}
	return strings.HasPrefix(c.Path(), "/lab/") || c.Request().Header.Get("Range") != "" || refusesGzip(c.Request())
}

// refusesGzip says whether the client names gzip with the weight 0, "not
// acceptable" (RFC 9110, 12.5.3): Echo takes any mention of it for consent.
func refusesGzip(r *http.Request) bool {
	for coding := range strings.SplitSeq(strings.Join(r.Header.Values(echo.HeaderAcceptEncoding), ","), ",") {
		name, weight, _ := strings.Cut(coding, ";")
		value, weighted := strings.CutPrefix(strings.ToLower(strings.TrimSpace(weight)), "q=")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") && weighted {
			q, err := strconv.ParseFloat(value, 64)
			return err == nil && q == 0
		}
	}
	return false
}

// decodedPath lets routes match what an address means, however it is escaped:
// Echo would rather match the escaped form where a client sends an unusual one.
func decodedPath(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Request().URL.RawPath = ""
		return next(c)
	}
}

// rightmostForwarded is the address that the proxy in front of us has seen;
// what stands to the left of it anybody can have written. Some proxies tell the
// port with it. What is no address is not believed.
func rightmostForwarded(r *http.Request) string {
	lines := r.Header.Values(echo.HeaderXForwardedFor)
	if len(lines) > 0 {
		entries := strings.Split(lines[len(lines)-1], ",")
		entry := strings.TrimSpace(entries[len(entries)-1])
		if address, err := netip.ParseAddr(strings.Trim(entry, "[]")); err == nil {
			return address.String()
		}
		if address, err := netip.ParseAddrPort(entry); err == nil {
			return address.Addr().String()
		}
	}
	return echo.ExtractIPDirect()(r)
}

// assets serves the embedded files. Their address changes with their content,
// so a browser never has to ask again; an address of an earlier build gets the
// current file, for the moment of a deployment.
func assets() echo.HandlerFunc {
	files := http.FileServerFS(static.FS)
	return func(c echo.Context) error {
		if c.Param("hash") == static.Hash() {
			c.Response().Header().Set(echo.HeaderCacheControl, "public, max-age=31536000, immutable")
		} else {
			c.Response().Header().Set(echo.HeaderCacheControl, "no-cache")
		}
		name := c.Param("*")
		if info, err := fs.Stat(static.FS, name); err != nil || info.IsDir() {
			return echo.ErrNotFound // no listings
		}
		r := c.Request().Clone(c.Request().Context())
		r.URL.Path = "/" + name
		files.ServeHTTP(c.Response(), r)
		return nil
	}
}

// admin lets the bearer of the token pass. Without a token set there is
// nothing behind it.
func admin(token string) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if token == "" {
				return echo.ErrNotFound
			}
			scheme, given, _ := strings.Cut(c.Request().Header.Get(echo.HeaderAuthorization), " ")
			if !strings.EqualFold(scheme, "Bearer") || subtle.ConstantTimeCompare([]byte(strings.TrimSpace(given)), []byte(token)) != 1 {
				c.Response().Header().Set(echo.HeaderWWWAuthenticate, "Bearer")
				return handlers.Unauthorized()
			}
			return next(c)
		}
	}
}

// profiles serves net/http/pprof, which otherwise would serve itself to all.
func profiles() echo.HandlerFunc {
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	return func(c echo.Context) error {
		// A profile takes longer than a request may take to arrive.
		_ = http.NewResponseController(c.Response().Writer).SetReadDeadline(time.Time{})
		mux.ServeHTTP(c.Response(), c.Request())
		return nil
	}
}
