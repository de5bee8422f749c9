package handlers

import (
	"bytes"
	"context"
	"image/png"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"picture-frame/flickr/album"
	"picture-frame/flickr/album/raster"
)

func TestDrawingsAreServedAsFiles(t *testing.T) {
	e, _ := newSite(t, false)
	e.GET("/album/:file", Album(album.Draw, raster.NewPrinter(album.Draw)))
	for file, size := range map[string][2]int{".png": {1600, 1000}, ".1200x630.png": {1200, 630}} {
		w := getPage(e, album.Prefix+album.Welcome+file)
		c, err := png.DecodeConfig(bytes.NewReader(w.Body.Bytes()))
		if w.Code != http.StatusOK || err != nil || c.Width != size[0] || c.Height != size[1] {
			t.Errorf("%s: got status %d, %d by %d pixels (%v), want 200, %v", file, w.Code, c.Width, c.Height, err, size)
		}
		if got := w.Header().Get("Content-Type"); got != "image/png" || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: got %v, want a PNG that can be kept", file, w.Header())
		}
	}
	for _, file := range []string{"nothing.png", "nothing.1200x630.png", album.Welcome + ".120x63.png", album.Welcome + ".jpg", album.Welcome, ".png"} {
		if w := getPage(e, album.Prefix+file); w.Code != http.StatusNotFound {
			t.Errorf("%s: got status %d, want 404", file, w.Code)
		}
	}
}

type busy struct{}

func (busy) PNG(context.Context, string, int, int) ([]byte, error) { return nil, raster.ErrBusy }

func TestDrawingWhenTooManyAreDrawn(t *testing.T) {
	e := echo.New()
	c := e.NewContext(httptest.NewRequest(http.MethodGet, "/", nil), httptest.NewRecorder())
	c.SetParamNames("file")
	c.SetParamValues(album.Welcome + ".png")
	if p := ProblemOf(Album(album.Draw, busy{})(c)); p.Status != http.StatusServiceUnavailable || p.RetryAfter == 0 {
		t.Errorf("got %+v, want 503 with the time to wait", p)
	}
}
