package handlers

import (
	"bytes"
	"context"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
	"picture-frame/hub"
)

// A shower returns what a frame shows.
type shower interface {
	Show(ctx context.Context, frame string) (hub.View, error)
}

// show returns the frame that a request names, and what it shows.
func show(c echo.Context, h shower) (frame string, v hub.View, err error) {
	if frame, err = request.Frame(c); err != nil {
		return "", v, err
	}
	v, err = h.Show(c.Request().Context(), frame)
	return frame, v, err
}

type clearer interface {
	Clear(ctx context.Context, frame string) error
}

type remover interface {
	Remove(ctx context.Context, frame, id string) error
}

// History is GET /history: the pictures that a frame keeps, newest first.
func History(h shower) echo.HandlerFunc {
	return func(c echo.Context) error {
		frame, err := request.Frame(c)
		if err != nil {
			return err
		}
		limit := hub.HistorySize
		if request.HasQuery(c.Request(), "limit") {
			limit, err = strconv.Atoi(request.Query(c.Request(), "limit"))
			if err != nil || limit < 1 || limit > hub.HistorySize {
				return request.NewProblem(http.StatusBadRequest, "The limit is a number from 1 to %d.", hub.HistorySize)
			}
		}
		view, err := h.Show(c.Request().Context(), frame)
		if err != nil {
			return err
		}
		var body bytes.Buffer
		body.WriteString(`{"pictures":[`)
		for i := range min(limit, len(view.Pictures)) {
			if i > 0 {
				body.WriteByte(',')
			}
			body.Write(view.Pictures[len(view.Pictures)-1-i].DataWithID())
		}
		body.WriteString("]}")
		c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
		return c.JSONBlob(http.StatusOK, body.Bytes())
	}
}

// Remove is DELETE /history/ID, for the host: it takes one picture off the frame's
// history and off its screens.
func Remove(h remover) echo.HandlerFunc {
	return func(c echo.Context) error {
		frame, err := request.Frame(c)
		if err != nil {
			return err
		}
		if err := h.Remove(context.WithoutCancel(c.Request().Context()), frame, c.Param("id")); err != nil {
			return err
		}
		return c.NoContent(http.StatusNoContent)
	}
}

// Clear is DELETE /history, for the host: it empties the frame's history
// and its screens.
func Clear(h clearer) echo.HandlerFunc {
	return func(c echo.Context) error {
		frame, err := request.Frame(c)
		if err != nil {
			return err
		}
		// The frame is cleared even if the client does not wait for the answer.
		if err := h.Clear(context.WithoutCancel(c.Request().Context()), frame); err != nil {
			return err
		}
		return c.NoContent(http.StatusNoContent)
	}
}
