package album

import "strconv"

type point struct{ x, y int }

// path builds the d attribute of an SVG path. Coordinates go in absolute and
// come out relative, which is a third shorter.
type path struct {
	d    []byte
	last byte // the command in force: it is not repeated
	x, y int
	// startX and startY are where a closed figure returns to.
	startX, startY int
}

func (p *path) numbers(command byte, xy ...int) {
	same := command == p.last && command != 'M'
	if !same {
		p.d = append(p.d, command)
		p.last = command
	}
	for i, v := range xy {
		if (i > 0 || same) && v >= 0 {
			p.d = append(p.d, ' ')
		}
		p.d = strconv.AppendInt(p.d, int64(v), 10)
	}
}

func (p *path) move(x, y int) *path {
	p.numbers('M', x, y)
	p.x, p.y, p.startX, p.startY = x, y, x, y
	return p
}

func (p *path) line(x, y int) *path {
	switch {
	case y == p.y:
		p.numbers('h', x-p.x)
	case x == p.x:
		p.numbers('v', y-p.y)
	default:
		p.numbers('l', x-p.x, y-p.y)
	}
	p.x, p.y = x, y
	return p
}

// curve is a cubic Bézier with the control points (x1,y1) and (x2,y2).
func (p *path) curve(x1, y1, x2, y2, x, y int) *path {
	p.numbers('c', x1-p.x, y1-p.y, x2-p.x, y2-p.y, x-p.x, y-p.y)
	p.x, p.y = x, y
	return p
}

// bend is a quadratic Bézier.
func (p *path) bend(x1, y1, x, y int) *path {
	p.numbers('q', x1-p.x, y1-p.y, x-p.x, y-p.y)
	p.x, p.y = x, y
	return p
}

func (p *path) close() *path {
	p.d = append(p.d, 'z')
	p.last = 'z'
	p.x, p.y = p.startX, p.startY
	return p
}

// lines continues through the points with straight lines.
func (p *path) lines(points []point) *path {
	for _, q := range points {
		p.line(q.x, q.y)
	}
	return p
}

// smooth continues through the points along a Catmull-Rom spline; the path
// has to be at the first point already.
func (p *path) smooth(points []point) *path {
	last := len(points) - 1
	for i := range last {
		before, a, b, after := points[max(i-1, 0)], points[i], points[i+1], points[min(i+2, last)]
		p.curve(a.x+(b.x-before.x)/6, a.y+(b.y-before.y)/6, b.x-(after.x-a.x)/6, b.y-(after.y-a.y)/6, b.x, b.y)
	}
	return p
}

// dot adds a point that shows only when stroked: the pen's round end. The
// tenth of a pixel makes it visible to renderers that skip empty lines.
func (p *path) dot(x, y int) *path { return p.move(x, y).line(x+1, y) }

// disc adds a full circle, turning as lens does so that the two unite.
func (p *path) disc(x, y, r int) *path {
	p.move(x-r, y)
	p.numbers('a', r, r, 0, 1, 1, 2*r, 0)
	p.numbers('a', r, r, 0, 1, 1, -2*r, 0)
	return p
}

// box adds a rectangle.
func (p *path) box(x, y, w, h int) *path {
	return p.move(x, y).line(x+w, y).line(x+w, y+h).line(x, y+h).close()
}

// lens adds a horizontal sliver, pointed at both ends: a streak of cloud, or
// light on water.
func (p *path) lens(x, y, w, h int) *path {
	return p.move(x-w, y).bend(x, y-h, x+w, y).bend(x, y+h, x-w, y)
}

// below closes a skyline: from its end down to the bottom and back.
func (p *path) below(points []point, bottom int) *path {
	return p.line(points[len(points)-1].x, bottom).line(points[0].x, bottom).close()
}

// land is the area under a jagged skyline.
func land(points []point, bottom int) *path {
	p := new(path).move(points[0].x, points[0].y).lines(points[1:])
	return p.below(points, bottom)
}

// hill is the area under a smooth skyline.
func hill(points []point, bottom int) *path {
	p := new(path).move(points[0].x, points[0].y).smooth(points)
	return p.below(points, bottom)
}

func appendInt(b []byte, n int) []byte { return strconv.AppendInt(b, int64(n), 10) }
