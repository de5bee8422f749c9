// Package handlers answers the requests: one endpoint a file, each in the
// order parse, call, answer. What they call is behind small interfaces.
package handlers

import (
	"errors"
	"net/http"
	"time"

	"picture-frame/flickr"
	"picture-frame/flickr/album/raster"
	"picture-frame/handlers/request"
	"picture-frame/hub"
)

// ProblemOf returns what a client may know of err, which is what an endpoint
// returned. It adds the errors of searches and of the hub to those that
// request.ProblemOf knows.
func ProblemOf(err error) *request.Problem {
	var budget *flickr.BudgetError
	var full *hub.FullError
	switch {
	case errors.Is(err, flickr.ErrNoPhoto):
		return request.NewProblem(http.StatusNotFound, "There is no picture for that word. Try another, or a simpler one.")
	case errors.Is(err, flickr.ErrUnsearchable):
		return request.NewProblem(http.StatusNotFound, "%s cannot search for that. Try a plainer word.", flickr.SourceOf(err))
	case errors.Is(err, flickr.ErrBlocked):
		return request.NewProblem(http.StatusUnprocessableEntity, "That word is not shown here.")
	case errors.Is(err, flickr.ErrTimeout):
		return request.NewProblem(http.StatusGatewayTimeout, "%s did not answer in time. Try again.", flickr.SourceOf(err))
	case errors.Is(err, flickr.ErrUnreachable):
		return request.NewProblem(http.StatusBadGateway, "%s could not be reached. Try again in a moment.", flickr.SourceOf(err))
	case errors.Is(err, flickr.ErrAnswer):
		return request.NewProblem(http.StatusBadGateway, "%s answered with an error. Try again in a moment.", flickr.SourceOf(err))
	case errors.As(err, &budget):
		return request.NewProblem(http.StatusServiceUnavailable, "All searches of this time are spent. Try again later.").After(budget.After)
	case errors.Is(err, flickr.ErrBusy):
		return request.NewProblem(http.StatusServiceUnavailable, "Too many searches at once. Try again in a moment.").After(time.Second)
	case errors.As(err, &full) && full.Own:
		return request.NewProblem(http.StatusTooManyRequests, "Three of your words are waiting already. There is room for the next in a moment.").After(full.After)
	case errors.As(err, &full):
		return request.NewProblem(http.StatusTooManyRequests, "Many words are waiting. There is room for yours again in a moment.").After(full.After)
	case errors.Is(err, hub.ErrFrozen):
		return request.NewProblem(http.StatusConflict, "The host of this frame keeps the picture that hangs for now.")
	case errors.Is(err, hub.ErrDropped):
		return request.NewProblem(http.StatusUnprocessableEntity, "The host has taken that one out of the line.")
	case errors.Is(err, hub.ErrNoTicket):
		return request.NewProblem(http.StatusNotFound, "That picture no longer waits.")
	case errors.Is(err, hub.ErrClosed), errors.Is(err, flickr.ErrClosed):
		return request.NewProblem(http.StatusServiceUnavailable, "The frame is restarting. Try again in a moment.").After(2 * time.Second)
	case errors.Is(err, hub.ErrAway):
		return request.NewProblem(http.StatusServiceUnavailable,
			"The frame has lost touch with its memory. What it shows stays; try again in a moment.").After(2 * time.Second)
	case errors.Is(err, hub.ErrUnkept):
		return request.NewProblem(http.StatusServiceUnavailable,
			"The frame cannot keep new pictures: its disk is full or does not answer. What it shows stays; try again in a moment.").After(5 * time.Second)
	case errors.Is(err, raster.ErrUnknown):
		return request.NewProblem(http.StatusNotFound, "There is no such picture.")
	case errors.Is(err, raster.ErrBusy):
		return request.NewProblem(http.StatusServiceUnavailable, "Too many pictures are being drawn. Try again in a moment.").After(5 * time.Second)
	case errors.Is(err, hub.ErrNoPicture):
		return request.NewProblem(http.StatusNotFound, "This picture is not kept.")
	case errors.Is(err, hub.ErrFull):
		return request.NewProblem(http.StatusServiceUnavailable, "All frames are in use.").After(time.Minute)
	}
	return request.ProblemOf(err)
}
