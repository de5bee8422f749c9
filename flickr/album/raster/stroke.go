package raster

import "math"

// stroke adds what a pen covers that is drawn along lines, half is half its width
// in pixels. Corners are round; so are ends, or they are cut off. All parts turn
// the same way, so that they unite.
func (k *mask) stroke(lines []line, half float64, round bool) {
	for _, l := range lines {
		points := l.points[:1:1]
		for _, p := range l.points[1:] {
			if p != points[len(points)-1] {
				points = append(points, p)
			}
		}
		if l.closed && points[0] != points[len(points)-1] {
			points = append(points, points[0])
		}
		if len(points) == 1 {
			if round {
				k.wedge(points[0], point{half, 0}, -2*math.Pi, half)
			}
			continue
		}
		k.strokeLine(points, half, l.closed, round)
	}
}

// strokeLine strokes a line of points that are not the same as the ones before.
func (k *mask) strokeLine(points []point, half float64, closed, round bool) {
	last := len(points) - 2
	normals := make([]point, last+1) // to the side of each part
	for i := range normals {
		dx, dy := points[i+1].x-points[i].x, points[i+1].y-points[i].y
		long := math.Hypot(dx, dy)
		normals[i] = point{-dy / long * half, dx / long * half}
	}
	for i, n := range normals {
		a, b := points[i], points[i+1]
		k.polygon(point{a.x + n.x, a.y + n.y}, point{b.x + n.x, b.y + n.y}, point{b.x - n.x, b.y - n.y}, point{a.x - n.x, a.y - n.y})
		if i < last {
			k.corner(b, n, normals[i+1], half)
		}
	}
	switch first, end := normals[0], normals[last]; {
	case closed:
		k.corner(points[0], end, first, half)
	case round:
		k.wedge(points[0], point{-first.x, -first.y}, -math.Pi, half)
		k.wedge(points[last+1], end, -math.Pi, half)
	}
}

// corner fills the gap on the outer side of a corner between two parts.
func (k *mask) corner(at, before, after point, half float64) {
	turn := math.Atan2(before.x*after.y-before.y*after.x, before.x*after.x+before.y*after.y)
	if turn > 0 {
		k.wedge(at, point{-after.x, -after.y}, -turn, half)
	} else if turn < 0 {
		k.wedge(at, before, turn, half)
	}
}

// wedge adds the part of a circle that a radius passes over as it turns.
func (k *mask) wedge(at, radius point, turn, half float64) {
	parts := arcSteps(half, turn)
	if math.Abs(turn) < 0.2 {
		parts = 1
	}
	before := point{at.x + radius.x, at.y + radius.y}
	for i := 1; i <= parts; i++ {
		sin, cos := math.Sincos(turn * float64(i) / float64(parts))
		next := point{at.x + radius.x*cos - radius.y*sin, at.y + radius.x*sin + radius.y*cos}
		k.polygon(at, before, next)
		before = next
	}
}
