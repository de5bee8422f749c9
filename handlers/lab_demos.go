package handlers

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"picture-frame/handlers/stream"
	"picture-frame/hub/wire"
)

// The demonstrations. The lab's page shows these functions as they stand here.

// labPing says ping five times, a second apart, then goodbye.
func labPing(s *stream.Writer) error {
	for range 5 {
		if err := s.Wait(time.Second); err != nil {
			return err // the client has left
		}
		fmt.Fprintln(s, "ping")
	}
	_, err := fmt.Fprintln(s, "ok, bye!")
	return err
}

// labCount counts to 4, a second apart: buffered, nothing is seen before the end.
func labCount(s *stream.Writer, buffered bool) error {
	if buffered {
		s.Hold() // nobody flushes
	}
	return s.Loop(time.Second, 5, func(i int) error {
		_, err := fmt.Fprintln(s, i)
		return err
	})
}

// labTime tells the time every second, n times, or for 0 until the client leaves.
// A client that comes back is counted on from its last id.
func labTime(s *stream.Writer, n, last int) error {
	return s.Loop(time.Second, n, func(i int) error {
		now := time.Now().UTC().Format(time.RFC3339)
		return s.Send(wire.Message{
			ID:    strconv.Itoa(last + 1 + i),
			Name:  "time",
			Retry: 2 * time.Second,
			Data:  []byte(now),
		})
	})
}

// labPrices walks at random: every second two lines of data, symbol and price.
func labPrices(s *stream.Writer) error {
	cents := 57244
	return s.Loop(time.Second, 0, func(int) error {
		cents = max(1, cents+rand.IntN(401)-200)
		price := fmt.Sprintf("%d.%02d", cents/100, cents%100)
		return s.Send(wire.Message{
			Name: "prices",
			Data: []byte("FRAME\n" + price), // two lines
		})
	})
}
