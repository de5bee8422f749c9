package album

// beginMirror marks where the part of the picture begins that the water shows
// upside down. There is at most one in a picture.
func (c *canvas) beginMirror() { c.body = append(c.body, `<g id="m">`...) }

// endMirror draws the water from the shore down, with the mirrored part in it.
func (c *canvas) endMirror(shore int, sun light) {
	c.body = append(c.body, `</g>`...)
	m := &c.mood
	c.rect(0, shore, width, height-shore, c.vertical(shore, height,
		stop{0, m.sky[3], 100}, stop{30, m.sky[2], 100}, stop{70, m.sky[1], 100}, stop{100, m.sky[0], 100}), 100)
	c.body = append(c.body, `<use href="#m" transform="matrix(1 0 0 -1 0`...)
	c.body = append(c.body, ' ')
	c.body = appendInt(c.body, 2*shore)
	c.body = append(c.body, `)" opacity=".72"/>`...)
	c.rect(0, shore, width, height-shore, c.vertical(shore, height,
		stop{0, m.land[1], 10}, stop{60, m.tone(70), 40}, stop{100, m.land[2], 85}), 100)
	c.rect(0, shore-12, width, 24, solid(m.light()), 40)
	c.ripples(shore)
	glints := new(path)
	for i := range 26 {
		glints.lens(sun.x+c.mid(-500, 500), shore+150+i*(height-shore)/34+c.n(90), 60+c.n(170)+8*i, 14+i/2)
	}
	c.fill(glints, solid(m.sun), 50)
}

// ripples are fine lines on still water, wider towards the viewer.
func (c *canvas) ripples(shore int) {
	m := &c.mood
	dark, lit := new(path), new(path)
	for i := range 80 {
		t := (i*11 + c.n(11)) * 1000 / (80 * 11)
		y := shore + 60 + (height-shore)*t/1000*(t+250)/1250
		p := dark
		if i%2 == 0 {
			p = lit
		}
		p.lens(c.n(width), y, 250+c.n(600)+2*t, 7+t*26/1000)
	}
	c.fill(dark, solid(m.tone(80)), 20)
	c.fill(lit, solid(mix(m.sky[3], m.glow, 40)), 22)
}
