package handlers

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
	"picture-frame/handlers/stream"
	"picture-frame/hub"
)

// pollTime is how long a poll waits for an event. Every router allows a request
// to be silent for that long.
const pollTime = 25 * time.Second

// headerLastEventID is in an answer the id to poll on with, which is not always
// that of an event: a frame that has no picture yet has an id as well.
const headerLastEventID = "Last-Event-ID"

type subscriber interface {
	Subscribe(frame, last string, by hub.Transport) (*hub.Subscription, error)
}

// Poll is GET /poll, for clients that cannot read a stream: it answers once there
// are events after the client's last id, with those events. Only pictures,
// removals and resets are among them. Every answer says in Last-Event-ID with which id to go on.
func Poll(h subscriber, admission *stream.Admission) echo.HandlerFunc {
	return func(c echo.Context) error {
		frame, err := request.Frame(c)
		if err != nil {
			return err
		}
		c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
		if c.Request().Method == http.MethodHead {
			c.Response().Header().Set(echo.HeaderContentType, echo.MIMEApplicationJSON)
			return c.NoContent(http.StatusOK)
		}
		visit, err := admission.Enter(c, stream.OverPoll, frame)
		if err != nil {
			return err
		}
		end := stream.End{Cause: stream.ErrRefused}
		defer func() { visit.Leave(end) }()
		sub, err := h.Subscribe(frame, request.LastEventID(c), hub.Poll)
		if err != nil {
			return err
		}
		end.Cause = nil
		defer sub.Close()
		_ = http.NewResponseController(c.Response().Writer).SetReadDeadline(time.Time{}) // a recorder has none
		late := time.NewTimer(pollTime)
		defer late.Stop()
		none := func() error {
			c.Response().Header().Set(headerLastEventID, sub.Mark())
			return c.NoContent(http.StatusNoContent)
		}
		for events := worthAnswering(sub.First()); ; {
			if len(events) > 0 {
				c.Response().Header().Set(headerLastEventID, sub.Mark())
				defer func() {
					visit.Count(stream.Sent{Events: uint64(len(events)), Bytes: uint64(c.Response().Size), Writes: 1})
				}()
				return c.JSON(http.StatusOK, map[string]any{"events": events})
			}
			select {
			case <-sub.More():
				all, err := sub.Next()
				if events = worthAnswering(all); err != nil && len(events) == 0 {
					end.Cause = err
					return none()
				}
			case <-late.C:
				return none()
			case <-c.Request().Context().Done():
				end.Cause = stream.ErrGone
				return none()
			}
		}
	}
}

// worthAnswering returns the events that a poll carries. Presence is not among
// them: each poll that begins or ends changes it, so every poll would end every
// other.
func worthAnswering(events []*hub.Event) (texts []json.RawMessage) {
	for _, e := range events {
		if e.Polled() {
			texts = append(texts, e.PollText())
		}
	}
	return texts
}
