package album

var planetTitles = []string{
	"Ringlight", "A neighbour, rising", "The outer office", "Orbit and a half",
	"Three moons tonight", "Far side of the plain", "Slow giant", "Signal lost, view kept",
}

// drawPlanet: a banded planet, often with rings, above a cratered plain.
func drawPlanet(c *canvas) {
	m := &c.mood
	deep := mix(m.sky[0], black, 55)
	if m.sky[0].luma() > 110 {
		deep = mix(m.land[2], black, 30) // space is dark in light moods, too
	}
	c.rect(0, 0, width, height, c.linear(0, 0, 6000, height, stop{0, deep, 100}, stop{60, mix(deep, m.sky[1], 38), 100}, stop{100, mix(deep, m.sky[2], 60), 100}), 100)
	for range 7 {
		x, y, r := c.n(width), c.n(7000), c.in(1500, 4200)
		hue := mix(m.accents[c.n(4)], m.sky[2], 40)
		c.circle(x, y, r, c.radial(x, y, r, stop{0, hue, c.in(10, 24)}, stop{60, hue, 5}, stop{100, hue, 0}), 100)
	}
	c.stars(0, 9000, 420)
	x, y, r := c.mid(centreLeft+900, centreRight-900), c.in(3700, 4700), c.in(1700, 2400)
	ringed := c.chance(65)
	tilt := c.in(-22, 22)
	if ringed {
		c.ring(x, y, r, tilt, 0)
	}
	c.globe(x, y, r, tilt)
	if ringed {
		c.ring(x, y, r, tilt, 1)
	}
	for range c.in(1, 3) {
		mx, my, mr := x+c.sign()*c.in(r+700, r+3500), c.in(1000, 5400), c.in(110, 330)
		c.circle(mx, my, mr, c.linear(mx-mr, my-mr, mx+mr, my+mr, stop{0, m.light(), 100}, stop{55, m.tone(40), 100}, stop{100, deep, 100}), 100)
	}
	c.craters(deep)
}

// globe is a disc with bands following its tilt, light from the upper left and
// its night side to the lower right.
func (c *canvas) globe(x, y, r, tilt int) {
	m := &c.mood
	c.circle(x, y, r*16/10, c.radial(x, y, r*16/10, stop{55, m.glow, 40}, stop{75, m.glow, 10}, stop{100, m.glow, 0}), 100)
	base := mix(m.accents[0], m.sky[2], 40)
	stops := make([]stop, 0, 14)
	for i := range 14 {
		color := mix(base, []rgb{m.accents[0], m.accents[1], m.glow, m.sky[1], m.accents[2]}[c.n(5)], c.in(10, 70))
		stops = append(stops, stop{i*7 + c.n(5), color, 100})
	}
	dx := r * tilt / 60
	c.circle(x, y, r, c.linear(x+dx, y-r, x-dx, y+r, stops...), 100)
	c.circle(x, y, r, c.radial(x-r*45/100, y-r*45/100, r*17/10, stop{0, white, 22}, stop{35, white, 0}, stop{48, black, 5}, stop{82, black, 68}, stop{100, black, 85}), 100)
}

// ring draws one half of the rings: 0 behind the planet, 1 before it.
func (c *canvas) ring(x, y, r, tilt, half int) {
	m := &c.mood
	before := c.rng
	for i := range 6 {
		a := r * (142 + i*13 + c.n(6)) / 100
		b := a * 20 / 100
		dx, dy := a, a*tilt/60
		// Both arcs run from the left end to the right one; the sweep flag says
		// over or under the planet.
		p := new(path).move(x-dx, y+dy)
		p.d = append(p.d, 'A')
		for k, v := range []int{isqrt(dx*dx + dy*dy), b, -tilt * 95 / 100, 0, half ^ 1, x + dx, y - dy} {
			if k > 0 {
				p.d = append(p.d, ' ')
			}
			p.d = appendInt(p.d, v)
		}
		color := mix(m.accents[2], []rgb{m.glow, m.accents[0], m.sky[2]}[c.n(3)], 45)
		c.body = append(c.body, `<path fill="none" d="`...)
		c.body = append(c.body, p.d...)
		c.body = append(c.body, '"')
		c.body = attr(c.body, "stroke-width", r*(3+c.n(8))/100)
		c.finish(c.body, "stroke", solid(color), c.in(30, 78))
	}
	if half == 0 {
		c.rng = before // the front half has the same rings
	}
}

func isqrt(n int) int {
	x := n
	for y := (x + 1) / 2; y < x; y = (x + n/x) / 2 {
		x = y
	}
	return x
}

// craters is the plain in front: dunes of dust with rimmed holes.
func (c *canvas) craters(deep rgb) {
	m := &c.mood
	for i := range 3 {
		line := c.rolling(7600+i*800, 380-60*i, 4200)
		color := mix(mix(m.tone(50+20*i), deep, 35+12*i), m.sky[2], 12-4*i)
		c.fill(hill(line, height), c.vertical(7200+i*800, 8900+i*800, stop{0, mix(color, m.glow, 24), 100}, stop{100, color, 100}), 100)
		for range 6 {
			w := c.in(120, 420) * (i + 2) / 2
			x := c.n(width)
			y := heightAt(line, x) + w/2 + c.in(120, 500)
			c.ellipse(x, y+w/14, w, w*24/100, solid(mix(color, m.glow, 34)), 60)
			c.ellipse(x, y, w*94/100, w*20/100, solid(mix(color, deep, 60)), 90)
		}
	}
}
