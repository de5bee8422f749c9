package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/coder/websocket"
	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
	"picture-frame/handlers/stream"
	"picture-frame/hub"
	"picture-frame/hub/wire"
)

// maxPending is how many of its searches one socket may wait for.
const maxPending = 4

// Socket is GET /ws: a WebSocket that sends the events of the stream as text
// frames and receives keywords. SameOrigin returns an error for a request from a
// page of another origin that must not send keywords; the request is a GET, so the
// check for unsafe methods does not refuse it.
func Socket(h subscriber, s *Searches, clients *request.Clients, limit *request.PerMinute, admission *stream.Admission, sameOrigin func(*http.Request) error, log *slog.Logger) echo.HandlerFunc {
	return func(c echo.Context) error {
		frame, err := request.Frame(c)
		if err != nil {
			return err
		}
		r := c.Request()
		if err := stream.CheckUpgrade(c.Response().Header(), r); err != nil {
			return err
		}
		if err := sameOrigin(r); err != nil {
			return err
		}
		visit, err := admission.Enter(c, stream.OverWebSocket, frame)
		if err != nil {
			return err
		}
		end := stream.End{Cause: stream.ErrRefused}
		sub, err := h.Subscribe(frame, request.LastEventID(c), hub.WebSocket)
		if err != nil {
			visit.Leave(end)
			return err
		}
		defer sub.Close()
		defer func() { visit.Leave(end) }() // first: when the hub knows, the process may end
		conn, err := stream.Upgrade(c.Response(), r)
		if err != nil {
			log.DebugContext(r.Context(), "websocket refused", "err", err)
			return nil // Upgrade has answered
		}
		defer conn.CloseNow()
		talk := socket{conn: conn, sub: sub, count: visit.Count, frame: frame, by: askerOf(frame, clients.Of(c), limit), searches: s, replies: make(chan []byte, maxPending), pending: make(chan struct{}, maxPending)}
		end.Cause = talk.run(r.Context())
		return nil
	}
}

// A socket is one open connection. Only the goroutine of run writes to it.
type socket struct {
	conn     *stream.WebSocket
	sub      *hub.Subscription
	count    func(stream.Sent)
	frame    string
	by       Asker
	searches *Searches
	replies  chan []byte
	pending  chan struct{} // has an element for each search that is running
}

func (s *socket) run(ctx context.Context) error {
	// Reads and writes do not use the context over: when it ends, the library would
	// close the connection before the client has been told why.
	over, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	go func() { stop(s.listen(ctx, over)) }()
	if err := s.send(ctx, s.sub.First()); err != nil {
		return s.close(err)
	}
	heartbeat := time.NewTicker(stream.Heartbeat)
	defer heartbeat.Stop()
	for {
		var err error
		select {
		case <-s.sub.More():
			var events []*hub.Event
			events, err = s.sub.Next()
			if failed := s.send(ctx, events); failed != nil {
				err = failed
			}
			if errors.Is(err, hub.ErrClosed) {
				err = s.leave(ctx, over)
			}
		case reply := <-s.replies:
			err = s.write(ctx, reply)
		case now := <-heartbeat.C:
			err = s.send(ctx, []*hub.Event{s.sub.NewTime(now)})
			go s.ping(ctx, stop)
		case <-over.Done():
			err = context.Cause(over)
		}
		if err != nil {
			return s.close(err)
		}
	}
}

// leave sends the replies that are due and a bye event, because the hub has
// closed. The hub closes after the last search has ended, so the replies to the
// client's searches are about to come.
func (s *socket) leave(ctx, over context.Context) error {
	late := time.After(stream.CloseTime)
	for held, waiting := 0, true; waiting && held < maxPending; {
		select {
		case s.pending <- struct{}{}:
			held++
		case reply := <-s.replies:
			if err := s.write(ctx, reply); err != nil {
				return err
			}
		case <-late:
			waiting = false
		case <-over.Done():
			return context.Cause(over)
		}
	}
	for len(s.replies) > 0 {
		if err := s.write(ctx, <-s.replies); err != nil {
			return err
		}
	}
	if err := s.send(ctx, []*hub.Event{stream.Bye()}); err != nil {
		return err
	}
	return hub.ErrClosed
}

// ping ends the connection with stream.ErrStalled if the client does not answer
// within stream.Stall.
func (s *socket) ping(ctx context.Context, stop context.CancelCauseFunc) {
	ctx, cancel := context.WithTimeout(ctx, stream.Stall)
	defer cancel()
	if s.conn.Ping(ctx) != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		stop(stream.ErrStalled)
	}
}

// close closes the connection with the status (RFC 6455, 7.4.1) for cause. It
// returns stream.ErrGone if the client has left.
func (s *socket) close(cause error) error {
	switch {
	case errors.Is(cause, hub.ErrClosed):
		s.conn.Close(websocket.StatusGoingAway, "restarting")
	case errors.Is(cause, hub.ErrBehind), errors.Is(cause, stream.ErrStalled):
		s.conn.Close(websocket.StatusTryAgainLater, "come back with your last id")
	case errors.Is(cause, stream.ErrNotText):
		s.conn.Close(websocket.StatusPolicyViolation, cause.Error())
	case errors.Is(cause, stream.ErrTooLarge):
		s.conn.Close(websocket.StatusMessageTooBig, cause.Error())
	case errors.Is(cause, stream.ErrNotUTF8):
		s.conn.Close(websocket.StatusInvalidFramePayloadData, cause.Error())
	case websocket.CloseStatus(cause) >= 0, errors.Is(cause, context.Canceled):
		return stream.ErrGone
	}
	return cause
}

func (s *socket) send(ctx context.Context, events []*hub.Event) error {
	for _, e := range events {
		if err := s.write(ctx, e.Text()); err != nil {
			return err
		}
	}
	return nil
}

func (s *socket) write(ctx context.Context, text []byte) error {
	limited, cancel := context.WithTimeout(ctx, stream.Stall)
	defer cancel()
	s.count(stream.Sent{Events: 1, Bytes: uint64(len(text)), Writes: 1})
	err := s.conn.Write(limited, websocket.MessageText, text)
	if err != nil && errors.Is(limited.Err(), context.DeadlineExceeded) {
		return stream.ErrStalled
	}
	return err
}

// listen starts a search for each keyword that the client sends, until the client
// leaves or breaks the rules. Replies are sent until over ends.
func (s *socket) listen(ctx, over context.Context) error {
	for {
		data, err := s.conn.ReadText(ctx, request.MaxBody)
		if err != nil {
			return err
		}
		select {
		case s.pending <- struct{}{}:
		default:
			s.reply(over, "error", request.NewProblem(http.StatusTooManyRequests, "One word after the other, please.").In(ctx))
			continue
		}
		go func() {
			defer func() { <-s.pending }()
			name, answer, err := s.search(ctx, data)
			if err != nil {
				name, answer = "error", ProblemOf(err).In(ctx)
			}
			s.reply(over, name, answer)
		}()
	}
}

// search returns the event that answers a keyword, and its data.
func (s *socket) search(ctx context.Context, data []byte) (name string, answer any, err error) {
	keyword, err := request.ParseKeyword(data)
	if err != nil {
		return "", nil, err
	}
	end, err := s.searches.Start(ctx, s.frame, keyword, s.by)
	if err != nil {
		return "", nil, err
	}
	r := <-end
	if r.Ticket != "" {
		return "waiting", waiting(r.Ticket, keyword), nil
	}
	return "published", json.RawMessage(r.Picture), r.Err
}

func (s *socket) reply(over context.Context, name string, data any) {
	text, _ := json.Marshal(map[string]any{"event": name, "data": data}) // problems and pictures always encode
	text = wire.EscapeLineEnds(text)
	select {
	case s.replies <- text:
	case <-over.Done():
	}
}
