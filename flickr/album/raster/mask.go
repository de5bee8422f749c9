package raster

import "math"

// A mask is by how much a shape covers each pixel. Every edge adds, in each row
// that it crosses, the area to the right of it within the pixels that it crosses,
// and its height to all pixels behind; the sum from the left is what is covered.
// Where parts of a shape overlap and turn the same way, they unite; where they
// turn in opposite ways, they leave a hole (the nonzero rule).
type mask struct {
	width, height int
	sums          []float32 // a column more than pixels; zero between shapes
	first, last   []int     // the columns of each row that are not zero
	top, bottom   int       // the rows that are not empty
	cover         []uint32  // of one row
}

func newMask(width, height int) *mask {
	k := &mask{width: width, height: height, sums: make([]float32, (width+2)*height), cover: make([]uint32, width)}
	k.first, k.last = make([]int, height), make([]int, height)
	for y := range height {
		k.first[y], k.last[y] = width+1, -1
	}
	k.top, k.bottom = height, 0
	return k
}

// fill adds the inside of lines. Open ones are closed.
func (k *mask) fill(lines []line) {
	for _, l := range lines {
		k.polygon(l.points...)
	}
}

func (k *mask) polygon(points ...point) {
	for i, p := range points {
		k.edge(p, points[(i+1)%len(points)])
	}
}

// edge adds an edge, of which what is above, below or right of the picture is
// left out; what is left of it counts at its border.
func (k *mask) edge(a, b point) {
	if a.y == b.y {
		return
	}
	down := float32(1)
	if a.y > b.y {
		a, b, down = b, a, -1
	}
	if b.y <= 0 || a.y >= float64(k.height) {
		return
	}
	slope := (b.x - a.x) / (b.y - a.y)
	if a.y < 0 {
		a = point{a.x - a.y*slope, 0}
	}
	if h := float64(k.height); b.y > h {
		b = point{b.x - (b.y-h)*slope, h}
	}
	// The parts on either side of a border are edges of their own.
	borders := [2]float64{0, float64(k.width)}
	if slope < 0 {
		borders = [2]float64{float64(k.width), 0}
	}
	for _, border := range borders {
		if (a.x-border)*(b.x-border) < 0 {
			cut := point{border, a.y + (border-a.x)/slope}
			k.rows(a, cut, slope, down)
			a = cut
		}
	}
	k.rows(a, b, slope, down)
}

// rows adds an edge row by row, from the top down.
func (k *mask) rows(a, b point, slope float64, down float32) {
	if a.y >= b.y || min(a.x, b.x) >= float64(k.width) {
		return
	}
	left, right := 0.0, float64(k.width)
	y := int(a.y)
	k.top, k.bottom = min(k.top, y), max(k.bottom, min(int(math.Ceil(b.y)), k.height))
	for x, at := a.x, a.y; at < b.y && y < k.height; y++ {
		end := min(float64(y+1), b.y)
		next := x + (end-at)*slope
		if end == b.y {
			next = b.x
		}
		k.row(y, min(max(x, left), right), min(max(next, left), right), float32(end-at)*down)
		x, at = next, end
	}
}

// row adds the part of an edge within row y, that goes from x0 to x1 and has this
// height, which is negative on the way up.
func (k *mask) row(y int, x0, x1 float64, height float32) {
	if x0 > x1 {
		x0, x1 = x1, x0
	}
	i, j := int(x0), int(math.Ceil(x1))
	if j <= i+1 { // within one pixel
		j = i + 1
		s := k.sums[y*(k.width+2)+i:]
		covered := height * float32(1-(x0+x1)/2+float64(i))
		s[0] += covered
		s[1] += height - covered
	} else {
		s := k.sums[y*(k.width+2):]
		per := height / float32(x1-x0) // for each pixel's width
		var gained, covered float32    // up to here: the edge's height, the last pixel
		for x := i; x < j; x++ {
			from, to := max(x0, float64(x)), min(x1, float64(x+1))
			here := per * float32(to-from)
			next := gained + here*float32(float64(x+1)-(from+to)/2)
			s[x] += next - covered
			covered, gained = next, gained+here
		}
		s[j] += height - covered
	}
	k.first[y], k.last[y] = min(k.first[y], i), max(k.last[y], j)
}

// apply paints what the mask covers, and empties it.
func (k *mask) apply(c *layer, p *paint) {
	cover := k.cover
	for y := k.top; y < k.bottom; y++ {
		from, to := k.first[y], k.last[y]
		if to < 0 {
			continue
		}
		k.first[y], k.last[y] = k.width+1, -1
		s := k.sums[y*(k.width+2) : (y+1)*(k.width+2)]
		var sum float32
		for x := from; x <= to; x++ {
			sum += s[x]
			s[x] = 0
			if x < k.width {
				cover[x] = share(sum)
			}
		}
		// What closes a shape beyond the right border was left out.
		if rest := share(sum); rest > 0 {
			for x := to + 1; x < k.width; x++ {
				cover[x] = rest
			}
			to = k.width
		}
		if to = min(to+1, k.width); from < to {
			c.blend(from, y, cover[from:to], p)
		}
	}
	k.top, k.bottom = k.height, 0
}

// share is a coverage in 65536ths. What is left of many sums that should be
// nothing counts as nothing.
func share(sum float32) uint32 {
	if sum < 0 {
		sum = -sum
	}
	if sum < 1.0/2048 {
		return 0
	}
	return uint32(min(sum, 1) * whole)
}
