package raster

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// steps is in how many colours a gradient is kept.
const steps = 2048

// A paint is what a shape is filled with: one color, or a gradient.
type paint struct {
	solid color
	ramp  []color // of a gradient; nil for one color
	// A pixel's place in the ramp: along a line, x*dx + y*dy + offset; of a radial
	// gradient, the distance of pixel (x, y) as mapped by unit.
	radial         bool
	dx, dy, offset float64
	unit           matrix
}

// row returns the color of a whole row of pixels, if it has one.
func (p *paint) row(y int) (c color, constant bool) {
	switch {
	case p.ramp == nil:
		return p.solid, true
	case !p.radial && p.dx == 0:
		return p.on(p.dy*(float64(y)+0.5) + p.offset), true
	}
	return color{}, false
}

// at returns the color in the middle of a pixel of a gradient.
func (p *paint) at(x, y int) color {
	px, py := float64(x)+0.5, float64(y)+0.5
	if !p.radial {
		return p.on(px*p.dx + py*p.dy + p.offset)
	}
	u, v := p.unit[0]*px+p.unit[2]*py+p.unit[4], p.unit[1]*px+p.unit[3]*py+p.unit[5]
	return p.on(math.Sqrt(u*u + v*v))
}

// on is the color at a place of the gradient, 0 to 1 from its beginning to its end.
func (p *paint) on(t float64) color {
	return p.ramp[min(max(int(t*(steps-1)+0.5), 0), steps-1)]
}

// A gradient is as the drawing says, but for where it lies.
type gradient struct {
	node *node
	ramp []color
}

// paint returns what a fill or stroke names, for a shape with this extent whose
// coordinates m maps to pixels.
func (r *renderer) paint(name string, opacity float64, m matrix, extent box) (*paint, error) {
	id, isGradient := strings.CutPrefix(name, "url(#")
	if !isGradient {
		c, err := parseColor(name, opacity)
		return &paint{solid: c}, err
	}
	id = strings.TrimSuffix(id, ")")
	g := r.gradients[id]
	if g == nil {
		var err error
		if g, err = readGradient(r.ids[id]); err != nil {
			return nil, fmt.Errorf("gradient %s: %w", id, err)
		}
		r.gradients[id] = g
	}
	p := &paint{ramp: g.ramp}
	if opacity < 1 {
		p.ramp = make([]color, len(g.ramp))
		for i, c := range g.ramp {
			p.ramp[i] = c.part(uint32(opacity * whole))
		}
	}
	if g.node.get("gradientUnits") != "userSpaceOnUse" {
		w, h := extent.max.x-extent.min.x, extent.max.y-extent.min.y
		if !(w > 0 && h > 0) {
			return &paint{}, nil // SVG paints nothing then
		}
		m = m.times(matrix{w, 0, 0, h, extent.min.x, extent.min.y})
	}
	return p, p.lie(g.node, m.inverse())
}

// lie places a gradient, where back maps pixels to its coordinates.
func (p *paint) lie(n *node, back matrix) error {
	names := []string{"x1", "y1", "x2", "y2"}
	if p.radial = n.XMLName.Local == "radialGradient"; p.radial {
		names = []string{"cx", "cy", "r"}
	}
	v := [4]float64{}
	for i, name := range names {
		var err error
		text := n.get(name)
		if text == "" {
			text = "0" // SVG's default of x2, and of a radial gradient, is never wanted
		}
		if v[i], err = number(text); err != nil {
			return err
		}
	}
	if p.radial {
		if v[2] <= 0 {
			*p = paint{solid: p.ramp[steps-1]}
			return nil
		}
		p.unit = matrix{1 / v[2], 0, 0, 1 / v[2], -v[0] / v[2], -v[1] / v[2]}.times(back)
		return nil
	}
	x, y := v[2]-v[0], v[3]-v[1]
	long := x*x + y*y
	if long == 0 {
		*p = paint{solid: p.ramp[steps-1]}
		return nil
	}
	p.dx, p.dy = (back[0]*x+back[1]*y)/long, (back[2]*x+back[3]*y)/long
	p.offset = ((back[4]-v[0])*x + (back[5]-v[1])*y) / long
	return nil
}

// readGradient makes the ramp of a gradient's stops.
func readGradient(n *node) (*gradient, error) {
	if n == nil || len(n.Nodes) == 0 || !strings.HasSuffix(n.XMLName.Local, "Gradient") {
		return nil, fmt.Errorf("it has no stops")
	}
	type stop struct {
		at  float64
		rgb [3]float64
		a   float64
	}
	var all []stop
	for i := range n.Nodes {
		s := &n.Nodes[i]
		at, err := number(s.get("offset"))
		if err != nil {
			return nil, err
		}
		c, err := parseColor(s.get("stop-color"), 1)
		if err != nil {
			return nil, err
		}
		a, err := opacityOf(s, "stop-opacity")
		if err != nil {
			return nil, err
		}
		if len(all) > 0 {
			at = max(at, all[len(all)-1].at)
		}
		all = append(all, stop{at, [3]float64{float64(c[0]), float64(c[1]), float64(c[2])}, a})
	}
	g := &gradient{n, make([]color, steps)}
	next := 0
	for i := range g.ramp {
		t := float64(i) / (steps - 1)
		for next < len(all) && all[next].at <= t {
			next++
		}
		// Colour and opacity go over separately, not multiplied.
		a, b := all[max(next-1, 0)], all[min(next, len(all)-1)]
		u := 0.0
		if b.at > a.at {
			u = min(max((t-a.at)/(b.at-a.at), 0), 1)
		}
		alpha := a.a + (b.a-a.a)*u
		for j := range 3 {
			g.ramp[i][j] = uint32((a.rgb[j] + (b.rgb[j]-a.rgb[j])*u) * alpha)
		}
		g.ramp[i][3] = uint32(alpha * whole)
	}
	return g, nil
}

// parseColor reads #rrggbb.
func parseColor(text string, opacity float64) (c color, err error) {
	v, err := strconv.ParseUint(strings.TrimPrefix(text, "#"), 16, 32)
	if err != nil || len(text) != 7 || text[0] != '#' {
		return c, fmt.Errorf("the colour %q", text)
	}
	for i, shift := range []uint{16, 8, 0} {
		c[i] = uint32(float64(v>>shift&255) / 255 * opacity * whole)
	}
	c[3] = uint32(opacity * whole)
	return c, nil
}
