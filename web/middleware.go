package web

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/pprof"
	"net/netip"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
	"picture-frame/static"
)

// contentPolicy lets the page load what is ours, and pictures from photos. Pages
// of embedders may show it in an iframe.
func contentPolicy(photos []string, embedders ...string) string {
	images := strings.Join(append([]string{"'self'"}, photos...), " ")
	if len(embedders) == 0 {
		embedders = []string{"'none'"}
	}
	return "default-src 'none'; script-src 'self'; style-src 'self'; " +
		"img-src " + images + " data:; connect-src 'self'; manifest-src 'self'; " +
		"form-action 'self'; base-uri 'none'; frame-ancestors " + strings.Join(embedders, " ")
}

// isFramePage reports whether a frame's page is at a route, or what its form gets
// for an answer.
func isFramePage(route string) bool {
	return route == "/" || route == "/f/:frame" || route == "/p/:id" || route == "/publish"
}

// maxIgnored is how many bytes of a body are read and ignored where a request
// should have none.
const maxIgnored = 4 << 10

// secure sets the header fields that every answer has. A frame's pages have a
// content policy of their own.
func secure(policy, framePolicy string) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			h := c.Response().Header()
			h.Set(echo.HeaderContentSecurityPolicy, policy)
			if isFramePage(c.Path()) {
				h.Set(echo.HeaderContentSecurityPolicy, framePolicy)
			}
			h.Set(echo.HeaderXContentTypeOptions, "nosniff")
			h.Set(echo.HeaderReferrerPolicy, "strict-origin-when-cross-origin")
			return next(c)
		}
	}
}

// bounded limits the time for an answer. Streams set their own deadlines. A
// connection that is taken over loses this one.
func bounded(limit time.Duration) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			end := time.Now().Add(limit)
			if path := c.Path(); path == "/subscribe" || path == "/host/desk" || strings.HasPrefix(path, "/lab/") || strings.HasPrefix(path, "/debug/") {
				end = time.Time{} // none, not even the earlier request's on this connection
			}
			_ = http.NewResponseController(c.Response().Writer).SetWriteDeadline(end) // a recorder has none
			return next(c)
		}
	}
}

// received reads the body that a GET may have, though it means nothing. Polls and
// the lab's streams remove the read deadline, and net/http would then wait for
// such a body without limit.
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

// identify gives every request its id, and answers with it.
func identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r, id := request.Identify(c.Request())
		c.SetRequest(r)
		c.Response().Header().Set(request.HeaderID, id)
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
				c.Error(err) // answers the request, so that the status is known here
			}
			r, status := c.Request(), c.Response().Status
			m.request(c.Path(), r.Method, status, time.Since(began))
			level := slog.LevelInfo
			if c.Path() == "/healthz" || c.Path() == "/readyz" || c.Path() == "/metrics" || c.Path() == "/seen" || strings.HasPrefix(c.Path(), "/static") {
				level = slog.LevelDebug
			}
			log.LogAttrs(r.Context(), level, "request", slog.String("method", r.Method), slog.String("path", r.URL.Path),
				slog.Int("status", status), slog.Duration("took", time.Since(began)), slog.String("client", request.Network(c.RealIP())))
			return nil
		}
	}
}

func logPanic(log *slog.Logger) func(echo.Context, error, []byte) error {
	return func(c echo.Context, err error, _ []byte) error {
		log.ErrorContext(c.Request().Context(), "panic", "path", c.Request().URL.Path, "err", err, "stack", string(debug.Stack()))
		return err
	}
}

// notCompressed reports whether an answer must not be compressed: a stream, which
// gzip would delay; an answer that is always short; a PNG, which is compressed; a
// range of a file, because its position is that in the uncompressed file (RFC
// 9110, 14.2).
func notCompressed(c echo.Context) bool {
	switch c.Path() {
	case "/subscribe", "/ws", "/host/desk", "/poll", "/metrics", "/publish", "/seen", "/current":
		return true
	}
	return strings.HasSuffix(c.Request().URL.Path, ".png") || strings.HasPrefix(c.Path(), "/lab/") || c.Request().Header.Get("Range") != "" || refusesGzip(c.Request())
}

// refusesGzip reports whether the client gives gzip the weight 0, "not acceptable"
// (RFC 9110, 12.5.3). Echo takes any mention of gzip for consent.
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

// decodedPath makes routes match the decoded path, whatever a client has escaped.
// Echo would match the escaped form if the client sends an unusual one.
func decodedPath(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Request().URL.RawPath = ""
		return next(c)
	}
}

// rightmostForwarded returns the client address that the nearest proxy has added to
// X-Forwarded-For, with or without a port. Entries to the left of it may come from
// the client. If the entry is not an address, the connection's is returned.
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

// assets serves the embedded files. Their address changes with their content, so a
// browser may cache them for ever. An address of an earlier build gets the current
// file, uncached, for pages that were loaded just before a deployment.
func assets() echo.HandlerFunc {
	return func(c echo.Context) error {
		name := c.Param("*")
		data, ok := static.File(name)
		if !ok {
			return echo.ErrNotFound
		}
		if c.Param("hash") == static.Hash() {
			c.Response().Header().Set(echo.HeaderCacheControl, "public, max-age=31536000, immutable")
		} else {
			c.Response().Header().Set(echo.HeaderCacheControl, "no-cache")
		}
		http.ServeContent(c.Response(), c.Request(), name, time.Time{}, bytes.NewReader(data))
		return nil
	}
}

// profiles serves net/http/pprof on a mux of its own, so that it can be put behind
// the admin token.
func profiles() echo.HandlerFunc {
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	return func(c echo.Context) error {
		// Taking a profile may last longer than the read deadline.
		_ = http.NewResponseController(c.Response().Writer).SetReadDeadline(time.Time{})
		mux.ServeHTTP(c.Response(), c.Request())
		return nil
	}
}
