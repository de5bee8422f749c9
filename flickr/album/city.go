package album

var cityTitles = []string{
	"Ten thousand windows", "After the last tram", "Across the river", "Somebody is still up",
	"Lights on the water", "Downtown, from the ferry", "The towers at rest", "Blue hour",
}

// drawCity: towers in three depths with lit windows, and their lights in water.
func drawCity(c *canvas) {
	quay := c.in(7000, 7500)
	c.skyTo(quay)
	sun := c.sunAt(c.in(centreLeft, centreRight), c.in(1400, 3000), c.in(320, 620))
	c.streaks(c.in(2, 5), 900, 3800)
	c.rect(0, quay-3800, width, 3800, c.vertical(quay-3800, quay, stop{0, c.mood.glow, 0}, stop{100, c.mood.glow, 38}), 100)
	c.beginMirror()
	c.towers(quay, 4400, 14, 620, false)
	c.towers(quay, 3900, 45, 760, true)
	c.towers(quay, 2500, 78, 900, true)
	c.endMirror(quay, sun)
	c.lamps(quay)
}

// towers is one depth of the skyline, highest near the middle.
func (c *canvas) towers(quay, tall, near, broad int, lit bool) {
	m := &c.mood
	walls := new(path)
	var windows [3]path
	color := m.tone(near)
	for x := -200; x < width; {
		w := broad * c.in(55, 125) / 100
		d := abs(x + w/2 - middle)
		h := tall * c.in(40, 100) / 100 * (100 - d*62/middle) / 100
		top := quay - h
		walls.box(x, top, w, h)
		c.roof(walls, x, top, w, h)
		if lit {
			c.windows(&windows, x, top, w, h)
		}
		x += w + c.in(-60, 160)
	}
	c.fill(walls, c.vertical(quay-tall, quay, stop{0, color, 100}, stop{100, mix(color, m.haze(), 34-near/3), 100}), 100)
	alpha := 60
	if m.dark || m.sky[0].luma() < 60 {
		alpha = 95
	}
	for i := range windows {
		c.fill(&windows[i], solid(mix(m.accents[i], m.sun, 30)), alpha-12*i)
	}
}

// roof ends a tower: flat, stepped, slanted, with a mast or a spire.
func (c *canvas) roof(p *path, x, top, w, h int) {
	style := c.n(7)
	if style == 3 && h < 2600 {
		style = 4 // a spire on a low house looks like a toy
	}
	switch style {
	case 0:
		p.box(x+w/5, top-h/14, w*3/5, h/13).box(x+w*2/5, top-h/7, w/5, h/12)
	case 1:
		p.move(x, top+5).line(x+w, top-w/3).line(x+w, top+5).close()
	case 2:
		p.box(x+w/2-12, top-h/5, 24, h/5)
	case 3:
		p.move(x, top+5).line(x+w/2, top-w*6/10).line(x+w, top+5).close().box(x+w/2-10, top-w, 20, w)
	case 4:
		p.box(x+w/10, top-90, w/4, 100).box(x+w*6/10, top-60, w/5, 70)
	}
}

// windows lights some of a tower's windows, in three colours.
func (c *canvas) windows(lit *[3]path, x, top, w, h int) {
	wide, high := 52, 74
	cols := (w - 140) / (wide + 46)
	if cols < 2 {
		return
	}
	gap := (w - cols*wide) / (cols + 1)
	share := c.in(12, 34)
	for y := top + 150; y < top+h-200; y += high + 66 {
		for i := range cols {
			if c.chance(share) {
				n := 0
				if c.chance(30) {
					n = 1 + c.n(2)
				}
				lit[n].box(x+gap+i*(wide+gap), y, wide, high)
			}
		}
	}
}

// lamps stand along the quay, each with its long image in the water.
func (c *canvas) lamps(quay int) {
	m := &c.mood
	c.rect(0, quay-70, width, 90, solid(m.tone(94)), 100)
	heads, trails := new(path), new(path)
	for i := range 17 {
		x := i*1000 + c.in(-160, 160)
		heads.dot(x, quay-150)
		for k := range 8 {
			trails.lens(x+c.in(-30, 30), quay+130+k*c.in(120, 210), 34+c.n(50), 22)
		}
	}
	c.stroke(heads, solid(m.accents[0]), 190, 16)
	c.stroke(heads, solid(mix(m.accents[0], m.sun, 60)), 58, 100)
	c.fill(trails, solid(mix(m.accents[0], m.sun, 30)), 60)
}
