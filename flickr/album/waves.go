package album

var waveTitles = []string{
	"Folded light", "Seven silks", "The colour of a hum", "Undertone",
	"Slow music", "Paper hills", "Drift", "One thing after another",
}

// drawWaves: nothing but waves of colour, cut like paper, each with its shadow.
func drawWaves(c *canvas) {
	m := &c.mood
	c.rect(0, 0, width, height, c.linear(0, 0, width, height, stop{0, m.sky[3], 100}, stop{100, m.sky[2], 100}), 100)
	x, y, r := c.in(centreLeft+400, centreRight-400), c.in(2300, 3300), c.in(950, 1500)
	c.circle(x, y, r*3, c.radial(x, y, r*3, stop{0, m.glow, 75}, stop{45, m.glow, 25}, stop{100, m.glow, 0}), 100)
	c.circle(x, y, r, c.vertical(y-r, y+r, stop{0, m.sun, 100}, stop{100, mix(m.accents[0], m.sun, 35), 100}), 100)
	count, tilt := c.in(7, 9), c.in(-900, 900)
	bands := []rgb{mix(m.sky[2], m.glow, 35), m.accents[0], mix(m.accents[1], m.glow, 18), m.sky[1], m.tone(50), m.sky[0], m.tone(72), m.tone(84), m.tone(96)}
	for i := range count {
		base := lerp(3300, 9100, i, count-1)
		seed, wave, rise := c.next(), c.in(3200, 6200), c.in(700, 1400)
		lean := tilt * (count - i) / count
		line := skyline(base, 800, func(x int) int {
			return noise(seed, x, wave)*rise/unit + (x-middle)*lean/middle
		})
		color := bands[i*len(bands)/count]
		c.fill(hill(shifted(line, -170), height), solid(m.land[2]), 14)
		c.fill(hill(shifted(line, -70), height), solid(m.land[2]), 12)
		c.fill(hill(line, height), c.linear(0, base-rise, width, base+2600,
			stop{0, mix(color, m.glow, 26), 100}, stop{45, color, 100}, stop{100, mix(color, m.land[2], 34), 100}), 100)
		edge := new(path).move(line[0].x, line[0].y).smooth(line)
		c.stroke(edge, solid(mix(color, white, 55)), 16, 45)
	}
}

// shifted returns the points moved down by that much, or up when negative: a
// sheet's shadow on the one behind it.
func shifted(points []point, by int) []point {
	out := make([]point, len(points))
	for i, p := range points {
		out[i] = point{p.x, p.y + by}
	}
	return out
}
