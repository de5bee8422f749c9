package album

import "slices"

// figure is a silhouette that faces right and stands on the origin. All numbers
// are thousandths of its size, y counts upwards.
type figure struct {
	// body is x, y, x, y …; a point that stands twice is a corner.
	body []int
	// discs are x, y, radius, ….
	discs []int
	// rings are x, y, radius, ….
	rings []int
	// limbs are the width at the beginning, at the end, and then the points of
	// the line between them.
	limbs [][]int
}

// figure draws f with its foot at (x, y); side -1 makes it face left.
func (c *canvas) figure(f figure, x, y, size, side int, p paint) {
	px := func(v int) int { return x + side*v*size/1000 }
	py := func(v int) int { return y - v*size/1000 }
	shape := new(path)
	if len(f.body) > 0 {
		shape.closed(pointsOf(f.body, px, py))
	}
	for i := 0; i < len(f.discs); i += 3 {
		shape.disc(px(f.discs[i]), py(f.discs[i+1]), f.discs[i+2]*size/1000)
	}
	for _, l := range f.limbs {
		shape.limb(pointsOf(l[2:], px, py), l[0]*size/2000, l[1]*size/2000)
	}
	c.fill(shape, p, 100)
	rings := new(path)
	for i := 0; i < len(f.rings); i += 3 {
		rings.disc(px(f.rings[i]), py(f.rings[i+1]), f.rings[i+2]*size/1000)
	}
	c.stroke(rings, p, size/48, 100)
}

func pointsOf(xy []int, px, py func(int) int) []point {
	points := make([]point, 0, len(xy)/2)
	for i := 0; i < len(xy); i += 2 {
		points = append(points, point{px(xy[i]), py(xy[i+1])})
	}
	return points
}

// limb adds a line with round ends that is from wide on each side at its
// beginning and to wide at its end.
func (p *path) limb(points []point, from, to int) *path {
	last := len(points) - 1
	outline := make([]point, 0, 2*len(points)+2)
	left := func(i, side int) point {
		a, b := points[max(i-1, 0)], points[min(i+1, last)]
		dx, dy := b.x-a.x, b.y-a.y
		long, w := max(isqrt(dx*dx+dy*dy), 1), lerp(from, to, i, last)
		return point{points[i].x - side*dy*w/long, points[i].y + side*dx*w/long}
	}
	for i := range points {
		outline = append(outline, left(i, 1))
	}
	outline = append(outline, left(last, 1), left(last, -1)) // corners
	for i := last; i >= 0; i-- {
		outline = append(outline, left(i, -1))
	}
	outline = append(outline, left(0, -1), outline[0])
	p.closed(outline)
	return p.disc(points[0].x, points[0].y, max(from, 1)).disc(points[last].x, points[last].y, max(to, 1))
}

// closed adds a smooth figure through the points and back to the first, turning
// as disc does so that the two unite.
func (p *path) closed(points []point) *path {
	n := len(points)
	at := func(i int) point { return points[(i+n)%n] }
	var area int64 // twice the area, too much for a 32-bit int
	for i := range n {
		a, b := at(i), at(i+1)
		area += int64(a.x*b.y - b.x*a.y)
	}
	if area < 0 {
		slices.Reverse(points)
	}
	p.move(points[0].x, points[0].y)
	for i := range n {
		before, a, b, after := at(i-1), at(i), at(i+1), at(i+2)
		if a != b {
			p.curve(a.x+(b.x-before.x)/6, a.y+(b.y-before.y)/6, b.x-(after.x-a.x)/6, b.y-(after.y-a.y)/6, b.x, b.y)
		}
	}
	return p.close()
}
