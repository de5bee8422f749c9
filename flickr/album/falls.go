package album

var fallsTitles = []string{
	"The loud corner of the wood", "Always the same, never twice", "White water, green pool", "Spray on the lens",
	"Three drops and a plunge", "Behind the curtain", "Ferns lean in", "After a week of rain",
}

// drawFalls: a waterfall between wooded cliffs and the pool below it.
func drawFalls(c *canvas) {
	c.ground(grass, 30)
	m := &c.mood
	c.skyTo(5200)
	x := c.mid(centreLeft+1500, centreRight-1500)
	c.sunAt(x+c.in(-900, 900), c.in(1400, 2300), c.in(360, 560))
	c.ranges(2, 3300, 3900, 6, 24)
	top, pool := c.in(3300, 3600), c.in(7600, 7800)
	back := skyline(top, 260, func(at int) int { return max(abs(at-x)-900, 0)*22/100 + c.n(160) - 60 })
	c.pines(back, 46, 1000, 30, solid(m.tone(46)))
	stone := mix(m.tone(52), m.sky[1], 18)
	c.fill(hill(back, height), c.vertical(top-900, pool, stop{0, mix(stone, m.haze(), 30), 100}, stop{100, mix(stone, m.land[2], 30), 100}), 100)
	c.ledges(x, top, pool)
	w := c.in(620, 820)
	c.cataract(x, top-30, pool, w)
	for i := range 2 {
		gap, near, seed := 1500+i*1500, 62+i*20, c.next()
		line := skyline(pool+400*i, 200, func(at int) int {
			d := abs(at-x) - gap
			return d*(62+10*i)/100 + noise(seed, at, 1100)*260/unit + c.n(90)
		})
		c.pines(line, 40-10*i, 1000+700*i, 100, solid(m.tone(near+6)))
		c.fill(hill(line, height+2600), c.vertical(top, height, stop{0, mix(m.tone(near), m.haze(), 18-8*i), 100}, stop{100, m.tone(near + 14), 100}), 100)
	}
	c.plunge(x, pool, w)
}

// ledges are bands of rock beside the water.
func (c *canvas) ledges(x, top, pool int) {
	m := &c.mood
	lit, dark := new(path), new(path)
	for range 34 {
		d, y, w := c.in(700, 2900)*c.sign(), c.in(top+200, pool), c.in(120, 420)
		p := dark
		if c.chance(45) {
			p = lit
		}
		p.move(x+d-w, y).line(x+d+w, y-c.in(-40, 60)).line(x+d+w*7/10, y+c.in(90, 240)).line(x+d-w*8/10, y+c.in(70, 200)).close()
	}
	c.fill(dark, solid(m.land[2]), 26)
	c.fill(lit, solid(mix(m.tone(40), m.glow, 35)), 30)
}

// cataract is the falling water from top to foot, in strands.
func (c *canvas) cataract(x, top, foot, w int) {
	m := &c.mood
	bright := m.light()
	if m.dark {
		bright = mix(bright, m.land[1], 35)
	}
	sheet := new(path).move(x-w*8/10, top).curve(x-w*9/10, top+900, x-w*11/10, foot-900, x-w*13/10, foot).line(x+w*13/10, foot).curve(x+w*11/10, foot-900, x+w*9/10, top+900, x+w*8/10, top).bend(x, top-70, x-w*8/10, top)
	c.fill(sheet, c.vertical(top, foot, stop{0, mix(bright, m.sky[1], 40), 100}, stop{50, mix(bright, m.sky[2], 18), 100}, stop{100, bright, 100}), 100)
	for k, color := range [2]rgb{mix(m.sky[1], m.tone(50), 35), mix(bright, white, 50)} {
		p := new(path)
		for range 34 {
			d := c.in(-95, 95)
			y, l := c.in(top, foot-1100), c.in(500, 1700)
			at := func(v int) int { return x + w*d/100*(80+50*(v-top)/(foot-top))/100 }
			e := min(y+l, foot)
			t := c.in(12, 40)
			p.move(at(y), y).bend(at((y+e)/2)+t, (y+e)/2, at(e), e).bend(at((y+e)/2)-t, (y+e)/2, at(y), y)
		}
		c.fill(p, solid(color), 42+26*k)
	}
	c.fill(new(path).lens(x, top+10, w*9/10, 70), solid(bright), 85)
}

// plunge is the pool with its spray, ripples and stones.
func (c *canvas) plunge(x, y, w int) {
	m := &c.mood
	bright := m.light()
	water := new(path).move(x-2400, y+330).curve(x-2000, y-150, x+2000, y-150, x+2400, y+330).curve(x+2800, y+800, x+4200, height-500, x+4600, height+60).line(x-4600, height+60).curve(x-4200, height-500, x-2800, y+800, x-2400, y+330)
	c.fill(water, c.vertical(y-100, height, stop{0, mix(m.sky[2], m.tone(30), 30), 100}, stop{45, mix(m.sky[1], m.tone(60), 55), 100}, stop{100, mix(m.sky[0], m.land[2], 60), 100}), 100)
	rings := new(path)
	for i := range 34 {
		t := i * 1000 / 34
		rings.lens(x+c.in(-1700-t, 1700+t), y+160+t*22/10+c.n(90), c.in(160, 700), 12+t/60)
	}
	c.fill(rings, solid(bright), 34)
	for i := range 7 {
		d := (i - 3) * w / 2
		c.circle(x+d, y-60+c.in(-120, 120), w, c.radial(x+d, y-60, w, stop{0, bright, 62}, stop{55, bright, 22}, stop{100, bright, 0}), 100)
	}
	stones := new(path)
	for range 8 {
		sx, sy, s := x+c.in(1400, 3300)*c.sign(), y+c.in(500, 1900), c.in(170, 430)
		stones.move(sx-s, sy).curve(sx-s, sy-s*8/10, sx-s/3, sy-s, sx, sy-s*9/10).curve(sx+s*6/10, sy-s, sx+s, sy-s/2, sx+s, sy).close()
		c.fill(new(path).lens(sx, sy+14, s*14/10, 44), solid(bright), 45)
	}
	c.fill(stones, c.vertical(y, height, stop{0, mix(m.tone(72), m.glow, 14), 100}, stop{100, m.tone(94), 100}), 100)
}
