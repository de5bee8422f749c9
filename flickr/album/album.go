// Package album is a stand-in for Flickr inside the binary: it answers
// flickr.photos.search in Flickr's REST wire format, and it draws the pictures
// it hands out.
//
// A picture is nothing but its id, which says which kind of scene it shows, in
// which mood, and how its details are rolled. So the album keeps no state, and
// any process can draw what any other has given out.
package album

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
)

// Prefix is the path under which pictures are to be served: an id's picture is
// at Prefix + id + ".svg".
const Prefix = "/album/"

// Album answers as api.flickr.com/services/rest/ does. It has no state and may
// be used by any number of goroutines.
type Album struct{}

// New returns the album.
func New() *Album { return &Album{} }

// RoundTrip answers the request in process; it never touches the network. What
// the real API refuses is refused in the same words, with status 200 as there.
// The only error is that of the request's own context.
func (a *Album) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Body != nil {
		req.Body.Close() // a RoundTripper has to, even unread
	}
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	body := answer(req.URL.RawQuery)
	return &http.Response{
		Status:     "200 OK",
		StatusCode: http.StatusOK,
		Proto:      "HTTP/1.1",
		ProtoMajor: 1,
		ProtoMinor: 1,
		Header: http.Header{
			"Content-Type":   {"application/json"},
			"Content-Length": {strconv.Itoa(len(body))},
		},
		Body:          io.NopCloser(bytes.NewReader(body)),
		ContentLength: int64(len(body)),
		Request:       req,
	}, nil
}
