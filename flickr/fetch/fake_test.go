package fetch

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"picture-frame/flickr/fetch/fetchtest"
)

func answer(body string) fetchtest.RoundTrip {
	return func(r *http.Request) (*http.Response, error) { return fetchtest.Response(r, http.StatusOK, body), nil }
}

var far = &url.URL{Scheme: "https", Host: "far.example", Path: "/"}

// words asks for a list of words.
func (c *Client) words(ctx context.Context) ([]string, error) {
	return Fetch(ctx, c, Request{URL: far}, decode)
}

func decode(body []byte) ([]string, error) {
	switch string(body) {
	case "dead":
		return nil, &Failure{Kind: ErrAnswer, Cause: "dead", Outcome: OutcomeRefused, Dead: true}
	case "garbage":
		return nil, Unreadable("garbage")
	}
	return strings.Fields(string(body)), nil
}

func logTo(w io.Writer) *slog.Logger { return slog.New(slog.NewTextHandler(w, nil)) }
