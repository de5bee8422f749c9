package raster

import (
	"fmt"
	"strings"
)

// counts is how many numbers each command of a path takes.
var counts = map[byte]int{'m': 2, 'l': 2, 'h': 1, 'v': 1, 'c': 6, 'q': 4, 'a': 7, 'z': 0}

// path traces the d attribute of a path.
func (t *tracer) path(d string) error {
	var command byte
	for rest := strings.TrimLeft(d, " "); rest != ""; rest = strings.TrimLeft(rest, " ") {
		if letter := rest[0] | 0x20; letter >= 'a' && letter <= 'z' {
			command, rest = rest[0], rest[1:]
		} else if command|0x20 == 'z' {
			return fmt.Errorf("a path that goes on with %.20q", rest)
		}
		count, known := counts[command|0x20]
		if !known || len(t.lines) == 0 && command|0x20 != 'm' {
			return fmt.Errorf("a path that goes on with %q, %.20q", command, rest)
		}
		var v [7]float64
		for i := range count {
			var err error
			if v[i], rest, err = leading(rest); err != nil {
				return err
			}
		}
		t.step(command, v)
	}
	return nil
}

// step follows one command, in small letters relative to where the path is.
func (t *tracer) step(command byte, v [7]float64) {
	var from point
	if command >= 'a' {
		from = t.at
	}
	p := func(i int) point { return point{from.x + v[i], from.y + v[i+1]} }
	switch command | 0x20 {
	case 'm':
		t.move(p(0))
	case 'l':
		t.line(p(0))
	case 'h':
		t.line(point{from.x + v[0], t.at.y})
	case 'v':
		t.line(point{t.at.x, from.y + v[0]})
	case 'c':
		t.curve(p(0), p(2), p(4))
	case 'q':
		t.bend(p(0), p(2))
	case 'a':
		t.arc(v[0], v[1], v[2], v[3] != 0, v[4] != 0, p(5))
	case 'z':
		t.close()
	}
}

// leading reads the number that a text begins with.
func leading(text string) (v float64, rest string, err error) {
	text = strings.TrimLeft(text, " ,")
	end := 0
	for end < len(text) && (text[end] >= '0' && text[end] <= '9' || text[end] == '.' || end == 0 && text[end] == '-') {
		end++
	}
	v, err = number(text[:end])
	return v, text[end:], err
}
