package stream

import (
	"context"
	"errors"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"picture-frame/hub/wire"
)

func TestWriterEnds(t *testing.T) {
	told := errors.New("told")
	for name, tc := range map[string]struct {
		body  func(leave func(), w *Writer) error
		want  error
		after time.Duration
	}{
		"when its body returns": {func(_ func(), w *Writer) error { return w.Wait(time.Second) }, nil, time.Second},
		"after n rounds of a loop": {func(_ func(), w *Writer) error {
			return w.Loop(time.Second, 3, func(int) error { return nil })
		}, nil, 2 * time.Second},
		"when a step of a loop fails": {func(_ func(), w *Writer) error {
			return w.Loop(time.Second, 0, func(i int) error {
				if i == 4 {
					return told
				}
				return nil
			})
		}, told, 4 * time.Second},
		"in a wait, when told": {func(_ func(), w *Writer) error {
			time.AfterFunc(time.Second, func() { w.End(told) })
			return w.Wait(time.Hour)
		}, told, time.Second},
		"in a loop, when told": {func(_ func(), w *Writer) error {
			time.AfterFunc(time.Second, func() { w.End(told); w.End(nil) })
			return w.Loop(time.Hour, 0, func(int) error { return nil })
		}, told, time.Second},
		"in a write, after it was told": {func(_ func(), w *Writer) error {
			w.End(told)
			return w.Send(wire.Message{Comment: "too late"})
		}, told, 0},
		"when the client leaves": {func(leave func(), w *Writer) error {
			time.AfterFunc(time.Second, leave)
			return w.Loop(time.Hour, 0, func(int) error { return nil })
		}, ErrGone, time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, leave := context.WithCancel(t.Context())
				defer leave()
				r := httptest.NewRequestWithContext(ctx, "GET", "/", nil)
				began, calls := time.Now(), 0
				var late *Writer
				answer(httptest.NewRecorder(), r, Stall, func(Sent) {}, func(w *Writer) error {
					late = w
					return tc.body(leave, w)
				}, func(cause error) {
					if calls++; !errors.Is(cause, tc.want) || time.Since(began) != tc.after {
						t.Errorf("ended with %v after %v, want %v after %v", cause, time.Since(began), tc.want, tc.after)
					}
				})
				if calls != 1 {
					t.Errorf("the callback ran %d times", calls)
				}
				late.End(told) // harmless
			})
		})
	}
}

func TestWriterSends(t *testing.T) {
	rec := httptest.NewRecorder()
	answer(rec, httptest.NewRequest("GET", "/", nil), Stall, func(Sent) {}, func(w *Writer) error {
		w.Send(wire.Message{Comment: "hello"})
		w.Send(wire.Message{ID: "1", Name: "prices", Retry: 1500 * time.Millisecond, Data: []byte("A\r\nB\n")})
		w.Write([]byte("raw\n"))
		w.End(errors.New("over"))
		if _, err := w.Write([]byte("not this")); err == nil {
			t.Error("a write after the end succeeds")
		}
		_, err := w.Last([]byte("but this"))
		return err
	}, func(err error) {
		if err != nil {
			t.Error(err)
		}
	})
	want := ": hello\n\nid: 1\nevent: prices\nretry: 1500\ndata: A\ndata: B\ndata: \n\nraw\nbut this"
	if got := rec.Body.String(); got != want || !rec.Flushed {
		t.Errorf("got %q, want %q", got, want)
	}
}
