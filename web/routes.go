package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers"
	"picture-frame/handlers/host"
	"picture-frame/handlers/lab"
	"picture-frame/handlers/request"
	"picture-frame/handlers/stream"
	"picture-frame/static"
)

// dependencies are what the endpoints need.
type dependencies struct {
	Options
	admission *stream.Admission
	lab       *lab.Lab
	streams   *stream.Pool
	clients   *request.Clients
	limit     *request.PerMinute
	origins   *origins
	host      *host.Access
	draw      func(id string) ([]byte, bool)
	ready     func() bool
}

// routes registers every address of the server. What answers GET answers HEAD too.
func routes(e *echo.Echo, p dependencies) {
	get := func(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) {
		e.Match([]string{http.MethodGet, http.MethodHead}, path, h, m...)
	}
	get("/", handlers.Page(p.Hub, p.Settings.TrustProxy), p.clients.Welcome)
	get("/f/:frame", handlers.Page(p.Hub, p.Settings.TrustProxy), p.clients.Welcome)
	get("/p/:id", handlers.Permalink(p.Hub, p.Settings.TrustProxy), p.clients.Welcome)

	get("/subscribe", handlers.Subscribe(p.Hub, p.streams, p.admission, p.Settings.TrustProxy))
	get("/ws", handlers.Socket(p.Hub, p.Searches, p.clients, p.limit, p.admission, p.origins.checkSocket, p.Log))
	get("/poll", handlers.Poll(p.Hub, p.admission))
	e.POST("/publish", handlers.Publish(p.Searches, p.clients, p.limit))
	e.POST("/seen", handlers.Seen(p.Receipts))

	get("/current", handlers.Current(p.Hub))
	get("/history", handlers.History(p.Hub))
	e.DELETE("/history", handlers.Clear(p.Hub), p.host.Host)
	e.DELETE("/history/:id", handlers.Remove(p.Hub), p.host.Host)
	get("/manifest.webmanifest", handlers.Manifest(static.Path))
	get("/qr.svg", handlers.QR(p.Settings.TrustProxy))
	get("/album/:file", handlers.Album(p.draw, p.Prints))
	get("/static/:hash/*", assets())

	desk := host.NewDesk(p.Hub, p.admission, p.Log)
	get("/host", p.host.Page)
	e.POST("/host/session", p.host.SignIn)
	e.DELETE("/host/session", p.host.SignOut)
	get("/host/desk", desk.Show, p.host.Host)
	e.PATCH("/host/desk", desk.Set, p.host.Host)
	e.POST("/host/desk/waiting/:ticket", desk.Decide, p.host.Host)

	get("/lab", lab.Page(p.Settings.TrustProxy), p.clients.Welcome)
	for path, handler := range p.lab.Demonstrations() { // /lab/NAME for each in the lab's table
		get(path, handler)
	}
	get("/lab/quiet", p.lab.Quiet)
	get("/lab/hop", p.lab.Hop)
	get("/lab/wave", p.lab.Wave)
	get("/lab/stream", p.lab.Stream)
	e.POST("/lab/break", p.lab.Break)

	get("/healthz", handlers.Healthz)
	get("/readyz", handlers.Readyz(p.ready))
	get("/metrics", p.Metrics.handler())
	get("/debug/pprof/*", profiles(), p.host.Bearer)
}
