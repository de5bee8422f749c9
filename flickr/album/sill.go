package album

// sillTop is the upper edge of the window sill, on which things stand.
const sillTop = 7900

// sill draws a wide window with a landscape behind it, then the sill, then what
// stands there: thing gets the middle of its foot.
func (c *canvas) sill(thing func(x, y int)) {
	m := &c.mood
	c.skyTo(6900)
	c.sunAt(middle+c.sign()*c.in(1300, 2600), c.in(2200, 4200), c.in(420, 680))
	c.streaks(c.in(3, 5), 900, 4600)
	c.ranges(3, 5600, 7000, 2, 30)
	line := c.rolling(7300, 260, 4800)
	c.pines(line, 40, 720, 80, solid(mix(m.tone(52), m.haze(), 25)))
	c.fill(hill(line, height), solid(mix(m.tone(54), m.haze(), 30)), 100)
	c.mist(6900, 900, m.haze(), 40)
	c.frame()
	thing(c.mid(centreLeft+1300, centreRight-1300), sillTop+380)
}

// frame is the window's wood and the sill, with the room dark around it.
func (c *canvas) frame() {
	m := &c.mood
	room := mix(m.land[2], m.tone(70), 20)
	wood := mix(m.tone(74), m.land[2], 20)
	bars := new(path).box(5080, 0, 150, sillTop).box(10770, 0, 150, sillTop).box(0, 2150, width, 120)
	c.fill(bars, solid(wood), 100)
	c.fill(new(path).box(5080, 0, 26, sillTop).box(10894, 0, 26, sillTop).box(0, 2150, width, 20), solid(m.glow), 30)
	for _, side := range [2]int{-1, 1} {
		at := func(d int) int { return middle + side*(middle-d) } // d from the edge
		curtain := new(path).move(at(-60), -60).line(at(2300), -60).curve(at(2200), 3000, at(1500), 5600, at(620), 6300).
			curve(at(900), 7200, at(1100), 8200, at(1250), 9200).line(at(-60), 9200).close()
		c.fill(curtain, c.linear(at(0), 0, at(2300), 0, stop{0, room, 100}, stop{60, mix(room, m.glow, 16), 98}, stop{100, mix(room, m.glow, 34), 94}), 100)
		folds := new(path)
		for i := range 4 {
			folds.move(at(500+i*480), -60).curve(at(480+i*430), 3000, at(400+i*260), 5200, at(380+i*60), 6200)
		}
		c.stroke(folds, solid(m.land[2]), 46, 26)
	}
	top := mix(m.tone(66), m.glow, 34)
	if m.dark {
		top = mix(top, m.land[1], 40)
	}
	c.rect(0, sillTop, width, 760, c.vertical(sillTop, sillTop+760, stop{0, mix(top, m.glow, 22), 100}, stop{100, mix(top, m.land[2], 26), 100}), 100)
	c.rect(0, sillTop+760, width, height, c.vertical(sillTop+760, height, stop{0, mix(room, top, 30), 100}, stop{100, room, 100}), 100)
	c.rect(0, sillTop+750, width, 34, solid(m.light()), 30)
}

// gloss is a paint for round things around (x, y): lit from the upper left.
func (c *canvas) gloss(x, y, r int, color rgb) paint {
	m := &c.mood
	if m.dark {
		color = mix(color, m.land[1], 42)
	}
	return c.radial(x-r*4/10, y-r*45/100, r*17/10, stop{0, mix(color, m.glow, 55), 100}, stop{38, color, 100}, stop{100, mix(color, m.land[2], 60), 100})
}

// under is the soft shadow of a thing that stands at (x, y).
func (c *canvas) under(x, y, w int) {
	c.ellipse(x+w/6, y, w*12/10, w/9, solid(c.mood.land[2]), 24)
	c.ellipse(x, y, w*9/10, w/14, solid(c.mood.land[2]), 36)
}
