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

type subscriber interface {
	Subscribe(frame, last string) (*hub.Subscription, error)
}

// Poll is GET /poll, for clients that cannot read a stream: it answers once there
// are events after the client's last id, with those events. Only pictures,
// removals and resets are among them.
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
		leave, err := admission.Enter(c.RealIP())
		if err != nil {
			return err
		}
		defer leave()
		sub, err := h.Subscribe(frame, request.LastEventID(c))
		if err != nil {
			return err
		}
		defer sub.Close()
		_ = http.NewResponseController(c.Response().Writer).SetReadDeadline(time.Time{}) // a recorder has none
		late := time.NewTimer(pollTime)
		defer late.Stop()
		for events := worthAnswering(sub.First()); ; {
			if len(events) > 0 {
				return c.JSON(http.StatusOK, map[string]any{"events": events})
			}
			select {
			case <-sub.More():
				all, err := sub.Next()
				if events = worthAnswering(all); err != nil && len(events) == 0 {
					return c.NoContent(http.StatusNoContent)
				}
			case <-late.C:
				return c.NoContent(http.StatusNoContent)
			case <-c.Request().Context().Done():
				return c.NoContent(http.StatusNoContent)
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
