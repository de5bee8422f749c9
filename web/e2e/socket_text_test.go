package e2e

import (
	"testing"

	"github.com/gorilla/websocket"
)

// Text that is not UTF-8 ends the connection (RFC 6455, 8.1), also when it comes
// in pieces, and a character that is cut in two between pieces does not.
func TestSocketTextIsUTF8(t *testing.T) {
	t.Parallel()
	p := start(t)
	for _, path := range []string{"/ws", "/lab/wall"} {
		for name, pieces := range map[string][]string{
			"whole":            {"\xff\xfe"},
			"in JSON":          {"{\"keyword\":\"\xff\"}"},
			"surrogate":        {"{\"keyword\":\"\xed\xa0\x80\"}"},
			"overlong":         {"\xc0\xaf"},
			"cut off":          {"{\"keyword\":\"\xc3"},
			"in pieces":        {"{\"keyword\":\"", "\xff", "\"}"},
			"across pieces":    {"{\"keyword\":\"\xf0\x9f", "\x8e\"}"},
			"cut off in piece": {"{\"keyword\":\"", "\xf0\x9f", "\x8e"},
			"never finished":   {"{\"keyword\":\"\xff", ""},
		} {
			s := p.talk(path, nil)
			s.pieces(pieces...)
			t.Log(path, name)
			s.end(websocket.CloseInvalidFramePayloadData)
		}
	}
	s := p.talk("/ws", nil)
	s.pieces("{\"keyword\":\"\xf0\x9f", "\x8e", "\x83\"}")
	if m := s.hear("published", "error"); m.keyword() != "🎃" {
		t.Errorf("a character in three pieces: got %s %s", m.Event, m.Data)
	}
	wall := p.talk("/lab/wall", nil)
	wall.pieces("\xf0\x9f", "\x8e\x83")
	for range 2 {
		if _, _, err := wall.ReadMessage(); err != nil {
			t.Errorf("the wall: %v", err)
		}
	}
}

// pieces sends one text message, a frame for each piece, and ends it unless the
// last piece is empty.
func (s *talk) pieces(pieces ...string) {
	s.t.Helper()
	for i, piece := range pieces {
		kind := byte(websocket.TextMessage)
		if i > 0 {
			kind = 0 // a continuation
		}
		if i == len(pieces)-1 {
			kind |= 0x80 // the last
		} else if pieces[i+1] == "" {
			pieces = pieces[:i+1]
		}
		frame := append([]byte{kind, 0x80 | byte(len(piece)), 0, 0, 0, 0}, piece...) // masked with zeros
		if _, err := s.NetConn().Write(frame); err != nil {
			s.t.Fatal(err)
		}
		if i == len(pieces)-1 {
			return
		}
	}
}
