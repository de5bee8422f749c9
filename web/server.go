// Package web puts the endpoints behind Echo: settings, routes, middleware,
// errors, rendering, metrics, starting and stopping.
package web

import (
	"errors"
	"html/template"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"picture-frame/handlers"
	"picture-frame/handlers/host"
	"picture-frame/handlers/lab"
	"picture-frame/handlers/request"
	"picture-frame/handlers/stream"
	"picture-frame/hub"
	"picture-frame/static"
	"picture-frame/templates"
)

const (
	// requestTime is how long a client may take for its header, and again for
	// the rest of its request.
	requestTime = 10 * time.Second
	// answerTime bounds an answer that is not a stream, from the request's arrival
	// to the last byte, because a client that does not read its answer holds a
	// goroutine. It is longer than any search or poll.
	answerTime = time.Minute
	// idleTime is longer than any platform's router keeps an idle connection. The
	// router then closes it first, and never sends a request on one that the server
	// is closing.
	idleTime = 95 * time.Second
	// maxHeader is in bytes.
	maxHeader = 16 << 10
)

// Options are what a server is built from.
type Options struct {
	Settings Settings
	Hub      *hub.Hub
	Searches *handlers.Searches // waited for when stopping
	Receipts *handlers.Receipts
	Metrics  *Metrics
	Log      *slog.Logger
	Cluster  hub.Cluster // behind Hub

	Drawing func(id string) (svg []byte, ok bool) // a picture that the program draws
	Prints  handlers.Printer                      // of these as PNG
	Photos  []string                              // the hosts of all others, as in a content security policy
}

// A Server serves the whole program over HTTP.
type Server struct {
	http      *http.Server
	hub       *hub.Hub
	searches  *handlers.Searches
	admission *stream.Admission
	lab       *lab.Lab
	unused    unused
	stopping  atomic.Bool
}

// New returns a server that is ready to Serve.
func New(o Options) (*Server, error) {
	pages, err := templates.Parse(static.Path)
	if err != nil {
		return nil, err
	}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.Renderer = renderer{pages}
	e.HTTPErrorHandler = failures{o.Log}.answer
	e.IPExtractor = echo.ExtractIPDirect()
	if o.Settings.TrustProxy {
		e.IPExtractor = rightmostForwarded
	}
	e.Pre(decodedPath)
	guard := newOrigins(o.Settings.AllowedOrigins, o.Settings.TrustProxy)
	e.Use(
		identify,
		logRequests(o.Log, o.Metrics),
		middleware.RecoverWithConfig(middleware.RecoverConfig{LogErrorFunc: logPanic(o.Log), DisablePrintStack: true}),
		bounded(answerTime),
		secure(contentPolicy(o.Photos), contentPolicy(o.Photos, append([]string{"'self'"}, o.Settings.AllowedOrigins...)...)),
		guard.middleware,
		received,
		middleware.GzipWithConfig(middleware.GzipConfig{Skipper: notCompressed, MinLength: 1024}),
	)
	admission := &stream.Admission{
		Max:         o.Settings.MaxViewers,
		PerAddress:  o.Settings.MaxViewersByAddress,
		Descriptors: viewersPossible(o.Log),
	}
	admission.Log(o.Log)
	o.Cluster.SetCounter(admission.Count)
	admission.Remote = o.Cluster.Remote
	admission.Near = func(open int) {
		o.Log.Warn("nearly as many viewers as the limit on open files allows", "viewers", open, "possible", admission.Descriptors)
	}
	demos := lab.New(o.Hub, o.Cluster, admission, guard.checkSocket, o.Log)
	s := &Server{hub: o.Hub, searches: o.Searches, admission: admission, lab: demos, unused: unused{conns: map[net.Conn]struct{}{}}}
	streams := stream.NewPool(o.Hub, &admission.Traffic, o.Metrics.Spread, o.Log)
	o.Metrics.watch(o.Hub, admission, o.Cluster)
	routes(e, dependencies{
		Options:   o,
		admission: admission,
		lab:       demos,
		streams:   streams,
		clients:   request.NewClients(o.Cluster.Key, o.Settings.TrustProxy),
		limit:     request.NewPerMinute(o.Settings.SearchesPerMinute, o.Cluster),
		origins:   guard,
		host:      host.NewAccess(o.Settings.AdminToken, guard.checkOwn, o.Cluster, o.Settings.TrustProxy),
		draw:      o.Drawing,
		ready:     func() bool { return !s.stopping.Load() && o.Cluster.Up() },
	})
	o.Metrics.serve(e.Routes())
	s.http = &http.Server{
		Handler:           e,
		ReadHeaderTimeout: requestTime,
		ReadTimeout:       requestTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    maxHeader,
		ConnState:         s.unused.state,
		ErrorLog:          serverLog(o.Log),
	}
	return s, nil
}

// Serve answers requests from l until Shutdown, and then returns nil.
func (s *Server) Serve(l net.Listener) error {
	if err := s.http.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// A renderer is an echo.Renderer over templates.
type renderer struct{ pages *template.Template }

func (r renderer) Render(w io.Writer, name string, data any, c echo.Context) error {
	return r.pages.ExecuteTemplate(w, name, data)
}
