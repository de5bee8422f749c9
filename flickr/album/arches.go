package album

var archTitles = []string{
	"Seven halves", "Rainbow, rearranged", "Composition with a sun", "Nested",
	"Round and round", "Mid-century weather", "An argument of curves", "Paper, scissors",
}

// drawArches: a poster of flat shapes: nested arches, discs and ground.
func drawArches(c *canvas) {
	m := &c.mood
	paper := mix(m.sky[3], m.glow, 35)
	if m.dark {
		paper = m.sky[0]
	}
	c.rect(0, 0, width, height, c.vertical(0, height, stop{0, paper, 100}, stop{100, mix(paper, m.sky[2], 45), 100}), 100)
	inks := []rgb{m.accents[0], m.sky[1], m.accents[1], m.accents[2], m.tone(60), m.accents[3], m.sky[2]}
	turn := c.n(len(inks))
	ink := func(i int) rgb { return inks[(i+turn)%len(inks)] }
	ground := c.in(7900, 8400)
	side := c.sign()
	c.disc(middle+side*c.in(300, 900), c.in(2500, 3100), c.in(1000, 1400), m.sun, m.accents[0])
	c.arch(middle-side*c.in(5200, 6000), ground, c.in(1900, 2500), c.in(900, 2600), 5, func(i int) rgb { return ink(i + 2) })
	c.arch(middle+side*c.in(4900, 5900), ground, c.in(2200, 2900), c.in(300, 1900), 6, func(i int) rgb { return ink(i + 4) })
	c.arch(middle-side*c.in(200, 700), ground, c.in(2300, 2800), c.in(500, 1300), 7, ink)
	c.arch(middle+side*c.in(1900, 2300), ground, c.in(850, 1150), c.in(150, 700), 4, func(i int) rgb { return ink(i + 3) })
	for i := range 3 {
		line := c.rolling(ground+120+i*620, 230, 6400)
		color := m.tone(64 + 15*i)
		c.fill(hill(shifted(line, -60), height), solid(m.land[2]), 16)
		c.fill(hill(line, height), c.vertical(ground+i*600, height, stop{0, mix(color, m.glow, 14), 100}, stop{100, m.tone(80 + 9*i), 100}), 100)
	}
}

// disc is a flat sun crossed by ever broader gaps.
func (c *canvas) disc(x, y, r int, from, to rgb) {
	c.circle(x, y, r, c.vertical(y-r, y+r, stop{0, from, 100}, stop{100, to, 100}), 100)
	c.stroke(new(path).disc(x, y, r*125/100), solid(to), 28, 55)
	c.stroke(new(path).disc(x, y, r*150/100), solid(to), 20, 35)
}

// arch is nested doorways on the line y, the outermost r wide and tall higher
// than a half circle.
func (c *canvas) arch(x, y, r, tall, count int, ink func(int) rgb) {
	m := &c.mood
	for i := range count {
		w := r * (count - i) / count
		p := new(path).move(x-w, y).line(x-w, y-tall)
		p.numbers('a', w, w, 0, 0, 1, 2*w, 0)
		p.x += 2 * w
		p.line(x+w, y).close()
		color := ink(i)
		if m.dark {
			color = mix(color, m.land[2], 20)
		}
		c.fill(p, c.linear(x-w, 0, x+w, 0, stop{0, mix(color, m.glow, 16), 100}, stop{60, color, 100}, stop{100, mix(color, m.land[2], 22), 100}), 100)
		c.stroke(p, solid(m.land[2]), 12, 14)
	}
}
