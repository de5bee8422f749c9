package album

// skyline samples a ridge from edge to edge, step apart; y gives its height
// above base at x.
func skyline(base, step int, y func(x int) int) []point {
	points := make([]point, 0, width/step+3)
	for x := -step; x < width+step; x += step {
		points = append(points, point{x, base - y(x)})
	}
	return append(points, point{width + step, base - y(width+step)})
}

// ranges draws mountain range behind mountain range from top to bottom, each
// fading into the air of the valley before it.
func (c *canvas) ranges(count, top, bottom, from, to int) {
	for i := range count {
		near := lerp(from, to, i, max(count-1, 1))
		base := lerp(top, bottom, i, max(count-1, 1))
		rise, wave := c.in(900, 1700)*(18-i)/16, c.in(2600, 4400)*(14-i)/12
		seed := c.next()
		line := skyline(base, 95, func(x int) int {
			return (ridged(seed, x, wave, 5)-unit*55/100)*rise/unit*2 + fractal(^seed, x, 7000, 1)*300/unit
		})
		c.fill(land(line, height), c.vertical(base-rise, base+1300,
			stop{0, c.mood.tone(near), 100}, stop{100, mix(c.mood.tone(near), c.mood.haze(), 62-near/2), 100}), 100)
	}
}

// rolling is one smooth hill line over the whole width.
func (c *canvas) rolling(base, rise, wave int) []point {
	seed := c.next()
	return skyline(base, 800, func(x int) int { return fractal(seed, x, wave, 2) * rise / unit })
}

// heightAt interpolates a skyline.
func heightAt(points []point, x int) int {
	for i := 1; i < len(points); i++ {
		if a, b := points[i-1], points[i]; x <= b.x {
			return lerp(a.y, b.y, x-a.x, max(b.x-a.x, 1))
		}
	}
	return points[len(points)-1].y
}

// peak is one steep mountain: a lit and a shaded side, meeting in a spine, and
// snow down to a ragged line. Its foot is lost in haze.
func (c *canvas) peak(x, top, base, half, near int, sun light) {
	const n = 13
	var left, spine, right [n + 1]point
	tall := base - top
	for i := range n + 1 {
		y, w := top+tall*i/n, half*i/n
		rough := w/5 + 40
		left[i] = point{x - w + c.in(-rough, rough)/2, y}
		right[i] = point{x + w + c.in(-rough, rough)/2, y}
		spine[i] = point{x + w/9*(i%3-1) + c.in(-rough, rough)/2, y}
	}
	left[0], right[0], spine[0] = point{x, top}, point{x, top}, point{x, top}
	m := &c.mood
	rock := m.tone(near)
	lit, shade := mix(rock, m.glow, 24), mix(rock, m.land[2], 14)
	if sun.x > x {
		lit, shade = shade, lit
	}
	foot := mix(m.tone(near), m.haze(), 55)
	face := func(edge [n + 1]point, color rgb) {
		p := new(path).move(x, top).lines(edge[1:])
		for i := n; i > 0; i-- {
			p.line(spine[i].x, spine[i].y)
		}
		c.fill(p.close(), c.vertical(top+tall/4, base, stop{0, color, 100}, stop{100, foot, 100}), 100)
	}
	face(left, lit)
	face(right, shade)
	snowcap := func(edge [n + 1]point, color rgb, alpha int) {
		k := c.in(4, 6)
		p := new(path).move(x, top).lines(edge[1 : k+1])
		a, b := edge[k], spine[k-1+c.n(2)]
		for i := 1; i < 6; i++ {
			p.line(lerp(a.x, b.x, i, 6), lerp(a.y, b.y, i, 6)+tall*(i%2*2-1)*c.in(2, 6)/100)
		}
		for i := k; i > 0; i-- {
			p.line(spine[i].x, spine[i].y)
		}
		c.fill(p.close(), solid(color), alpha)
	}
	bright := m.light()
	dim := mix(bright, rock, 45)
	if sun.x > x {
		bright, dim = dim, bright
	}
	snowcap(left, bright, 92)
	snowcap(right, dim, 92)
}
