package raster

import (
	"fmt"
	"math"
	"strings"
)

// A line is a polygon in pixels, closed or not.
type line struct {
	points []point
	closed bool
}

// A box is the extent of a shape in its own coordinates.
type box struct{ min, max point }

// flatness is by how many pixels a line may differ from its curve.
const flatness = 0.06

// outline returns the lines around a shape, and its extent.
func outline(n *node, m matrix) ([]line, box, error) {
	values := func(names string) (v []float64, err error) {
		for name := range strings.FieldsSeq(names) {
			one, err := number(n.get(name))
			if err != nil {
				return nil, fmt.Errorf("%s of %s: %w", name, n.XMLName.Local, err)
			}
			v = append(v, one)
		}
		return v, nil
	}
	t := newTracer(m)
	switch n.XMLName.Local {
	case "path":
		if err := t.path(n.get("d")); err != nil {
			return nil, box{}, err
		}
	case "rect":
		v, err := values("x y width height")
		if err != nil {
			return nil, box{}, err
		}
		t.move(point{v[0], v[1]})
		t.line(point{v[0] + v[2], v[1]})
		t.line(point{v[0] + v[2], v[1] + v[3]})
		t.line(point{v[0], v[1] + v[3]})
		t.close()
	case "circle":
		v, err := values("cx cy r")
		if err != nil {
			return nil, box{}, err
		}
		t.ellipse(v[0], v[1], v[2], v[2])
	case "ellipse":
		v, err := values("cx cy rx ry")
		if err != nil {
			return nil, box{}, err
		}
		t.ellipse(v[0], v[1], v[2], v[3])
	default:
		return nil, box{}, fmt.Errorf("the element %s", n.XMLName.Local)
	}
	return t.lines, t.bounds, nil
}

// A tracer makes lines of the parts of a path.
type tracer struct {
	m      matrix
	size   float64 // pixels to a unit
	at     point   // in the path's coordinates
	start  point   // of the subpath
	lines  []line
	bounds box
}

func newTracer(m matrix) *tracer {
	far := math.Inf(1)
	return &tracer{m: m, size: math.Sqrt(math.Abs(m.determinant())), bounds: box{point{far, far}, point{-far, -far}}}
}

func (t *tracer) add(p point) {
	t.bounds.min = point{min(t.bounds.min.x, p.x), min(t.bounds.min.y, p.y)}
	t.bounds.max = point{max(t.bounds.max.x, p.x), max(t.bounds.max.y, p.y)}
	last := &t.lines[len(t.lines)-1]
	last.points = append(last.points, t.m.at(p))
	t.at = p
}

func (t *tracer) move(p point) {
	t.lines = append(t.lines, line{points: make([]point, 0, 16)})
	t.start = p
	t.add(p)
}

// line goes on to p. After the end of a closed subpath a new one begins there.
func (t *tracer) line(p point) {
	if t.lines[len(t.lines)-1].closed {
		t.move(t.at)
	}
	t.add(p)
}

func (t *tracer) close() {
	t.lines[len(t.lines)-1].closed = true
	t.at = t.start
}

// curve is a cubic Bézier curve.
func (t *tracer) curve(b, c, d point) {
	a := t.at
	bend := max(math.Hypot(a.x-2*b.x+c.x, a.y-2*b.y+c.y), math.Hypot(b.x-2*c.x+d.x, b.y-2*c.y+d.y))
	steps := math.Ceil(math.Sqrt(0.75 * bend * t.size / flatness))
	for i := 1.0; i < steps; i++ {
		u := i / steps
		v := 1 - u
		p, q, r, s := v*v*v, 3*v*v*u, 3*v*u*u, u*u*u
		t.line(point{p*a.x + q*b.x + r*c.x + s*d.x, p*a.y + q*b.y + r*c.y + s*d.y})
	}
	t.line(d)
}

// bend is a quadratic Bézier curve.
func (t *tracer) bend(b, c point) {
	a := t.at
	steps := math.Ceil(math.Sqrt(0.25 * math.Hypot(a.x-2*b.x+c.x, a.y-2*b.y+c.y) * t.size / flatness))
	for i := 1.0; i < steps; i++ {
		u := i / steps
		v := 1 - u
		t.line(point{v*v*a.x + 2*v*u*b.x + u*u*c.x, v*v*a.y + 2*v*u*b.y + u*u*c.y})
	}
	t.line(c)
}

// ellipse is a subpath of its own.
func (t *tracer) ellipse(x, y, rx, ry float64) {
	steps := t.stepsAround(max(rx, ry), 2*math.Pi)
	for i := range steps {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(steps))
		p := point{x + rx*cos, y + ry*sin}
		if i == 0 {
			t.move(p)
		}
		t.line(p)
	}
	t.close()
}

// stepsAround is how many lines an arc needs.
func (t *tracer) stepsAround(radius, angle float64) int { return arcSteps(radius*t.size, angle) }

// arcSteps is how many lines an arc needs whose radius is in pixels.
func arcSteps(radius, angle float64) int {
	if radius <= flatness {
		return 4
	}
	return max(int(math.Ceil(math.Abs(angle)/(2*math.Acos(1-flatness/radius)))), 4)
}

// arc is an elliptical arc to p, by the formulas of SVG 2, appendix B.2.4 and
// B.2.5; turned is the ellipse's rotation in degrees.
func (t *tracer) arc(rx, ry, turned float64, large, sweep bool, p point) {
	a := t.at
	if rx == 0 || ry == 0 || a == p {
		t.line(p)
		return
	}
	rx, ry = math.Abs(rx), math.Abs(ry)
	sin, cos := math.Sincos(turned * math.Pi / 180)
	dx, dy := (a.x-p.x)/2, (a.y-p.y)/2
	x, y := cos*dx+sin*dy, cos*dy-sin*dx
	if grow := x*x/(rx*rx) + y*y/(ry*ry); grow > 1 { // too small to reach
		rx, ry = rx*math.Sqrt(grow), ry*math.Sqrt(grow)
	}
	away := math.Sqrt(max(rx*rx*ry*ry/(rx*rx*y*y+ry*ry*x*x)-1, 0))
	if large == sweep {
		away = -away
	}
	cx, cy := away*rx*y/ry, -away*ry*x/rx
	middle := point{cos*cx - sin*cy + (a.x+p.x)/2, sin*cx + cos*cy + (a.y+p.y)/2}
	from := math.Atan2((y-cy)/ry, (x-cx)/rx)
	angle := math.Atan2((-y-cy)/ry, (-x-cx)/rx) - from
	if sweep && angle < 0 {
		angle += 2 * math.Pi
	} else if !sweep && angle > 0 {
		angle -= 2 * math.Pi
	}
	steps := t.stepsAround(max(rx, ry), angle)
	for i := 1; i < steps; i++ {
		s, c := math.Sincos(from + angle*float64(i)/float64(steps))
		t.line(point{cos*rx*c - sin*ry*s + middle.x, sin*rx*c + cos*ry*s + middle.y})
	}
	t.line(p)
}
