package album

import (
	"strconv"
	"strings"
)

// Pictures are 1600 by 1000, drawn in tenths so that every coordinate is an
// integer. A portrait screen shows only the middle of it, about centreLeft to
// centreRight: whatever a picture is about belongs there.
const (
	width, height           = 16000, 10000
	middle                  = width / 2
	centreLeft, centreRight = 5900, 10100
)

// canvas collects the SVG: definitions (gradients) and shapes apart, because
// the former have to stand first to be readable.
type canvas struct {
	defs, body []byte
	gradients  int
	stamps     int
	rng
	mood palette
	// hue: the mood is a colour, which somebody may have asked for by name.
	hue bool
}

// paint is what a shape is filled with: a colour or a reference to a gradient.
type paint string

func solid(c rgb) paint { return paint(c.append(nil)) }

// stop is a colour at a percentage of a gradient, with its opacity in percent.
type stop struct {
	at    int
	color rgb
	alpha int
}

// vertical is a gradient from y1 down to y2.
func (c *canvas) vertical(y1, y2 int, stops ...stop) paint {
	return c.linear(0, y1, 0, y2, stops...)
}

func (c *canvas) linear(x1, y1, x2, y2 int, stops ...stop) paint {
	return c.gradient("linearGradient", []string{"x1", "y1", "x2", "y2"}, []int{x1, y1, x2, y2}, stops)
}

// radial is a gradient from the centre of a circle to its edge.
func (c *canvas) radial(cx, cy, r int, stops ...stop) paint {
	return c.gradient("radialGradient", []string{"cx", "cy", "r"}, []int{cx, cy, r}, stops)
}

// upright is a gradient from the top to the bottom of whatever shape is
// painted with it.
func (c *canvas) upright(stops ...stop) paint {
	return c.gradient(`linearGradient x2="0" y2="1"`, nil, nil, stops)
}

func (c *canvas) gradient(element string, names []string, values []int, stops []stop) paint {
	id := "g" + strconv.Itoa(c.gradients)
	c.gradients++
	b := append(c.defs, "<"+element+` id="`+id+`"`...)
	if len(names) > 0 {
		b = append(b, ` gradientUnits="userSpaceOnUse"`...)
	}
	for i, name := range names {
		b = attr(b, name, values[i])
	}
	b = append(b, '>')
	for _, s := range stops {
		b = append(b, `<stop offset="`...)
		b = fraction(b, s.at)
		b = append(b, `" stop-color="`...)
		b = s.color.append(b)
		if s.alpha < 100 {
			b = append(b, `" stop-opacity="`...)
			b = fraction(b, s.alpha)
		}
		b = append(b, `"/>`...)
	}
	name, _, _ := strings.Cut(element, " ")
	c.defs = append(b, "</"+name+">"...)
	return paint("url(#" + id + ")")
}

func (c *canvas) rect(x, y, w, h int, p paint, alpha int) {
	b := append(c.body, "<rect"...)
	b = attr(b, "x", x)
	b = attr(b, "y", y)
	b = attr(b, "width", w)
	b = attr(b, "height", h)
	c.finish(b, "fill", p, alpha)
}

func (c *canvas) circle(x, y, r int, p paint, alpha int) {
	b := append(c.body, "<circle"...)
	b = attr(b, "cx", x)
	b = attr(b, "cy", y)
	b = attr(b, "r", r)
	c.finish(b, "fill", p, alpha)
}

func (c *canvas) ellipse(x, y, rx, ry int, p paint, alpha int) {
	b := append(c.body, "<ellipse"...)
	b = attr(b, "cx", x)
	b = attr(b, "cy", y)
	b = attr(b, "rx", rx)
	b = attr(b, "ry", ry)
	c.finish(b, "fill", p, alpha)
}

// fill paints the inside of a path, alpha in percent.
func (c *canvas) fill(d *path, p paint, alpha int) {
	if len(d.d) == 0 {
		return
	}
	b := append(c.body, `<path d="`...)
	b = append(b, d.d...)
	b = append(b, '"')
	c.finish(b, "fill", p, alpha)
}

// stroke draws along a path with round ends.
func (c *canvas) stroke(d *path, p paint, thick, alpha int) {
	if len(d.d) == 0 {
		return
	}
	b := append(c.body, `<path fill="none" stroke-linecap="round" stroke-linejoin="round" d="`...)
	b = append(b, d.d...)
	b = append(b, '"')
	b = attr(b, "stroke-width", thick)
	c.finish(b, "stroke", p, alpha)
}

func (c *canvas) finish(b []byte, how string, p paint, alpha int) {
	b = append(b, " "+how+`="`...)
	b = append(b, p...)
	if alpha < 100 {
		b = append(b, `" opacity="`...)
		b = fraction(b, alpha)
	}
	c.body = append(b, `"/>`...)
}

func attr(b []byte, name string, value int) []byte {
	b = append(b, ' ')
	b = append(b, name...)
	b = append(b, `="`...)
	b = strconv.AppendInt(b, int64(value), 10)
	return append(b, '"')
}

// fraction writes a percentage as a decimal fraction.
func fraction(b []byte, percent int) []byte {
	switch {
	case percent <= 0:
		return append(b, '0')
	case percent >= 100:
		return append(b, '1')
	}
	b = append(b, '.', byte('0'+percent/10))
	if percent%10 != 0 {
		b = append(b, byte('0'+percent%10))
	}
	return b
}

const (
	head = `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1000" viewBox="0 0 1600 1000" preserveAspectRatio="xMidYMid slice">`
	tail = `</g></svg>`
)

// bytes returns the finished picture.
func (c *canvas) bytes() []byte {
	out := make([]byte, 0, len(head)+len(c.defs)+len(c.body)+len(tail)+40)
	out = append(out, head...)
	out = append(out, "<defs>"...)
	out = append(out, c.defs...)
	out = append(out, `</defs><g transform="scale(.1)">`...)
	out = append(out, c.body...)
	return append(out, tail...)
}
