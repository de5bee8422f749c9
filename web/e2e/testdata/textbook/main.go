// Command textbook is the peer in the fan-out benchmark: Server-Sent Events on
// Echo as tutorials have them, a goroutine and a channel for each viewer.
package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
	"sync"

	"github.com/labstack/echo/v4"
)

func main() {
	var mu sync.Mutex
	viewers := map[chan string]bool{}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.GET("/subscribe", func(c echo.Context) error {
		events := make(chan string, 16)
		mu.Lock()
		viewers[events] = true
		mu.Unlock()
		defer func() {
			mu.Lock()
			delete(viewers, events)
			mu.Unlock()
		}()
		c.Response().Header().Set("Content-Type", "text/event-stream")
		c.Response().WriteHeader(http.StatusOK)
		c.Response().Flush()
		for {
			select {
			case event := <-events:
				fmt.Fprintf(c.Response(), "event: picture\ndata: %s\n\n", event)
				c.Response().Flush()
			case <-c.Request().Context().Done():
				return nil
			}
		}
	})
	e.POST("/publish", func(c echo.Context) error {
		event := fmt.Sprintf(`{"url":"https://live.staticflickr.com/65535/1_2_b.jpg","keyword":%q,"title":"Low tide, late light",`+
			`"owner":"Picture Frame","width":1600,"height":1000,"source":"flickr"}`, c.FormValue("keyword"))
		mu.Lock()
		for events := range viewers {
			events <- event
		}
		mu.Unlock()
		return c.String(http.StatusOK, event)
	})
	log.Fatal(e.Start("127.0.0.1:" + os.Getenv("PORT")))
}
