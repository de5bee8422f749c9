package host

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
	"picture-frame/handlers/stream"
	"picture-frame/hub"
)

// picturesShown is how many of the last pictures a desk has: what somebody would
// still want to take off. All are in the history.
const picturesShown = 24

type desks interface {
	Desk(ctx context.Context, frame string) (hub.Desk, error)
	SetDesk(ctx context.Context, frame string, p hub.Patch) (hub.Desk, error)
	Decide(ctx context.Context, frame, ticket string, show bool) error
	WatchDesk(frame string) (*hub.DeskWatch, error)
	NewTime(now time.Time) *hub.Event
}

// A Desk serves the desks of all frames, behind whoever lets hosts in.
type Desk struct {
	hub       desks
	admission *stream.Admission // counts the desks that are open
	log       *slog.Logger
}

// NewDesk returns the desks of h's frames. Log gets a line for each thing that a host
// does.
func NewDesk(h desks, admission *stream.Admission, log *slog.Logger) *Desk {
	return &Desk{h, admission, log}
}

// deskData is a desk as JSON.
type deskData struct {
	Frozen   bool              `json:"frozen"`
	Approve  bool              `json:"approve"`
	Hold     int64             `json:"hold"` // milliseconds
	Viewers  int               `json:"viewers"`
	Waiting  []waiting         `json:"waiting"`
	Pictures []json.RawMessage `json:"pictures"` // newest first
	By       transports        `json:"transports"`
}

// transports are the viewers by how they follow the frame.
type transports struct {
	SSE       int `json:"sse"`
	NDJSON    int `json:"ndjson"`
	WebSocket int `json:"websocket"`
	Poll      int `json:"poll"`
}

func transportsOf(v hub.Viewers) transports {
	return transports{v[hub.SSE], v[hub.NDJSON], v[hub.WebSocket], v[hub.Poll]}
}

type waiting struct {
	Ticket   string          `json:"ticket"`
	Keyword  string          `json:"keyword"`
	Picture  json.RawMessage `json:"picture"`
	Approved bool            `json:"approved"`
}

func encode(d hub.Desk) []byte {
	data := deskData{d.Frozen, d.Approve, d.Hold.Milliseconds(), d.Viewers.Sum(), []waiting{}, []json.RawMessage{}, transportsOf(d.Viewers)}
	for _, w := range d.Waiting {
		data.Waiting = append(data.Waiting, waiting{w.Ticket, w.Keyword, w.Picture, w.Approved})
	}
	for i := range min(picturesShown, len(d.Pictures)) {
		data.Pictures = append(data.Pictures, d.Pictures[len(d.Pictures)-1-i].DataWithID())
	}
	text, _ := json.Marshal(data) // pictures are JSON, and the rest always encodes
	return text
}

// Show is GET /host/desk: what the host of a frame sees, once or as a stream.
func (d *Desk) Show(c echo.Context) error {
	frame, err := request.Frame(c)
	if err != nil {
		return err
	}
	if request.Prefer(c.Request(), echo.MIMEApplicationJSON, request.MIMEEventStream) == request.MIMEEventStream {
		return d.follow(c, frame)
	}
	desk, err := d.hub.Desk(c.Request().Context(), frame)
	if err != nil {
		return err
	}
	return answer(c, desk)
}

func answer(c echo.Context, desk hub.Desk) error {
	c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
	c.Response().Header().Add(echo.HeaderVary, echo.HeaderAccept)
	return c.JSONBlob(http.StatusOK, encode(desk))
}

// Set is PATCH /host/desk: it changes what is named of frozen, approve and hold, for
// all processes, and answers with the desk.
func (d *Desk) Set(c echo.Context) error {
	frame, err := request.Frame(c)
	if err != nil {
		return err
	}
	var patch struct {
		Frozen  *bool  `json:"frozen"`
		Approve *bool  `json:"approve"`
		Hold    *int64 `json:"hold"`
	}
	if err := request.JSON(c, &patch); err != nil {
		return err
	}
	change := hub.Patch{Frozen: patch.Frozen, Approve: patch.Approve}
	if patch.Hold != nil {
		most := hub.MaxHold.Milliseconds()
		if *patch.Hold < 0 || *patch.Hold > most {
			return request.NewProblem(http.StatusBadRequest, "hold is a number of milliseconds from 0 to %d.", most)
		}
		hold := time.Duration(*patch.Hold) * time.Millisecond
		change.Hold = &hold
	}
	// It is done even if the client does not wait for the answer.
	desk, err := d.hub.SetDesk(context.WithoutCancel(c.Request().Context()), frame, change)
	if err != nil {
		return err
	}
	d.log.InfoContext(c.Request().Context(), "the host has set", "frame", frame, "frozen", desk.Frozen, "approve", desk.Approve, "hold", desk.Hold)
	return answer(c, desk)
}

// Decide is POST /host/desk/waiting/TICKET: it lets a picture hang in its turn, or
// drops it.
func (d *Desk) Decide(c echo.Context) error {
	frame, err := request.Frame(c)
	if err != nil {
		return err
	}
	var decision struct {
		Show *bool `json:"show"`
	}
	if err := request.JSON(c, &decision); err != nil {
		return err
	}
	if decision.Show == nil {
		return request.NewProblem(http.StatusBadRequest, "Send {\"show\":true} or {\"show\":false}.")
	}
	ticket := c.Param("ticket")
	if err := d.hub.Decide(context.WithoutCancel(c.Request().Context()), frame, ticket, *decision.Show); err != nil {
		return err
	}
	d.log.InfoContext(c.Request().Context(), "the host has decided", "frame", frame, "ticket", ticket, "show", *decision.Show)
	return c.NoContent(http.StatusNoContent)
}
