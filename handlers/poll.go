package handlers

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"picture-frame/hub"
)

// pollTime is how long a poll waits: below every router's limit on a request
// that is silent.
const pollTime = 25 * time.Second

type subscriber interface {
	Subscribe(frame, last string) (*hub.Subscription, error)
}

// Poll is GET /poll: the stream for clients that cannot read one, an answer at
// a time. It carries what has an id, and a reset.
func Poll(h subscriber, door *Admission) echo.HandlerFunc {
	return func(c echo.Context) error {
		frame, err := frameOf(c)
		if err != nil {
			return err
		}
		c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
		if c.Request().Method == http.MethodHead {
			c.Response().Header().Set(echo.HeaderContentType, echo.MIMEApplicationJSON)
			return c.NoContent(http.StatusOK)
		}
		leave, err := door.Enter(c.RealIP())
		if err != nil {
			return err
		}
		defer leave()
		sub, err := h.Subscribe(frame, lastEventID(c))
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

// worthAnswering leaves out what would end a poll for nothing: each poll that
// comes and goes changes the number of viewers.
func worthAnswering(events []*hub.Event) (texts []json.RawMessage) {
	for _, e := range events {
		if e.Polled() {
			texts = append(texts, e.Text())
		}
	}
	return texts
}
