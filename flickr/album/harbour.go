package album

var harbourTitles = []string{
	"All boats in", "Ropes and paint", "Before the fish market", "The inner basin",
	"Masts, counted twice", "Nobody casts off today", "Gables in the water", "Moored for the season",
}

// drawHarbour: painted houses along a quay, moored boats, and the image of both
// in the basin.
func drawHarbour(c *canvas) {
	m := &c.mood
	quay := c.in(6300, 6700)
	c.skyTo(quay)
	sun := c.sunAt(c.mid(centreLeft, centreRight), c.in(1900, 3300), c.in(330, 520))
	c.streaks(c.in(3, 6), 900, 3900)
	c.ranges(2, quay-1700, quay-1000, 8, 22)
	c.beginMirror()
	c.fill(hill(c.rolling(quay-900, 300, 3600), quay), solid(mix(m.tone(34), m.haze(), 30)), 100)
	c.gables(quay)
	for i := range 8 {
		x := 800 + i*2050 + c.in(-420, 420)
		if d := abs(x - middle); d > 500 || c.chance(60) {
			c.moored(x, quay+30, c.in(430, 640), c.chance(55))
		}
	}
	c.endMirror(quay, sun)
	side := c.sign()
	c.dinghy(middle-side*c.in(300, 1100), c.in(7500, 7900), c.in(620, 760), side)
	c.dinghy(middle+side*c.in(2300, 3800), c.in(8200, 8900), c.in(800, 960), -side)
}

// gables is a row of narrow houses with their feet on the line y.
func (c *canvas) gables(y int) {
	m := &c.mood
	dark := m.dark || m.sky[0].luma() < 60
	var lit, unlit path
	roofs := new(path)
	for x := -300; x < width; {
		w, h := c.in(520, 820), c.in(1100, 1750)
		wall := mix(m.accents[c.n(4)], m.tone(c.in(30, 60)), 42)
		if dark {
			wall = mix(wall, m.land[1], 45)
		}
		top := y - h
		c.fill(new(path).box(x, top, w, h), c.vertical(top, y, stop{0, mix(wall, m.glow, 14), 100}, stop{100, mix(wall, m.land[2], 28), 100}), 100)
		c.gable(x, top, w, wall, roofs)
		cols := 2 + b2i(w > 680)
		gap := w / (cols*2 + 1)
		for r := 0; r < (h-420)/330; r++ {
			for k := range cols {
				p := &unlit
				if c.chance(30 + 35*b2i(dark)) {
					p = &lit
				}
				p.box(x+gap+k*2*gap, top+140+r*330, gap, 190)
			}
		}
		unlit.box(x+w/2-60, y-330, 120, 330)
		x += w + c.n(24)
	}
	c.fill(roofs, solid(mix(m.tone(82), m.accents[1], 16)), 100)
	c.fill(&unlit, solid(mix(m.tone(86), m.sky[1], 25)), 88)
	c.fill(&lit, solid(mix(m.accents[2], m.accents[0], 35)), 78+14*b2i(dark))
	c.rect(0, y-70, width, 90, solid(m.tone(90)), 100)
}

// gable ends one house: a plain roof, or the wall drawn up in a bell or in steps.
func (c *canvas) gable(x, top, w int, wall rgb, roofs *path) {
	p := new(path)
	switch c.n(4) {
	case 0:
		roofs.move(x-30, top+10).line(x+w/2, top-w*62/100).line(x+w+30, top+10).close()
		return
	case 1:
		roofs.move(x-20, top+10).line(x+w/7, top-w/3).line(x+w*6/7, top-w/3).line(x+w+20, top+10).close()
		roofs.box(x+w*6/10, top-w/2, w/9, w/4)
		return
	case 2:
		p.move(x, top+10).bend(x+w/5, top-w/20, x+w/4, top-w*4/10).bend(x+w/2, top-w*8/10, x+w*3/4, top-w*4/10).bend(x+w*4/5, top-w/20, x+w, top+10).close()
	default:
		for i := range 4 {
			p.box(x+w*i/8, top-w*(i+1)/7, w-w*i/4, w/6)
		}
	}
	c.fill(p, solid(mix(wall, c.mood.glow, 12)), 100)
}

// moored is a boat beside the quay, a yacht with its mast or a trawler.
func (c *canvas) moored(x, y, s int, yacht bool) {
	m := &c.mood
	hull, line := mix(m.accents[c.n(4)], m.tone(70), 35), solid(m.tone(92))
	if m.dark {
		hull = mix(hull, m.land[1], 50)
	}
	side := c.sign()
	at := func(dx int) int { return x + side*s*dx/100 }
	if yacht {
		mast := new(path).move(at(5), y-s/4).line(at(5), y-s*34/10)
		mast.move(at(5), y-s*34/10).line(at(95), y-s*4/10).move(at(5), y-s*34/10).line(at(-95), y-s*4/10)
		c.stroke(mast, line, 12, 75)
		c.stroke(new(path).move(at(5), y-s/4).line(at(5), y-s*34/10).move(at(8), y-s*55/100).line(at(-75), y-s*50/100), line, 30, 100)
		c.fill(new(path).move(at(8), y-s*64/100).line(at(-74), y-s*58/100).line(at(-70), y-s*46/100).line(at(8), y-s*48/100).close(), solid(m.light()), 90)
	} else {
		c.fill(new(path).box(at(20)-s*3/10, y-s*9/10, s*6/10, s*6/10), solid(mix(m.light(), m.tone(50), 15)), 100)
		c.fill(new(path).box(at(20)-s*22/100, y-s*78/100, s*16/100, s*2/10).box(at(20)+s*4/100, y-s*78/100, s*16/100, s*2/10), line, 85)
		c.fill(new(path).box(at(20)-s*36/100, y-s*97/100, s*72/100, s/10), solid(hull), 100)
		c.stroke(new(path).move(at(-45), y-s*3/10).line(at(-45), y-s*17/10).line(at(-92), y-s*45/100).move(at(-45), y-s*17/10).line(at(80), y-s*45/100), line, 16, 90)
	}
	body := new(path).move(at(-100), y-s*36/100).bend(at(0), y-s*24/100, at(112), y-s*52/100).bend(at(96), y-s/10, at(76), y).line(at(-84), y).close()
	c.fill(body, c.vertical(y-s/2, y, stop{0, mix(hull, m.glow, 20), 100}, stop{100, mix(hull, m.land[2], 40), 100}), 100)
	c.stroke(new(path).move(at(-99), y-s*33/100).bend(at(0), y-s*21/100, at(110), y-s*48/100), solid(m.light()), 16, 75)
}

// dinghy is a small open boat on the near water with its image below.
func (c *canvas) dinghy(x, y, s, side int) {
	m := &c.mood
	at := func(dx int) int { return x + side*s*dx/100 }
	hull := mix(m.accents[c.n(3)], m.land[2], 22)
	if m.dark {
		hull = mix(hull, m.land[1], 55)
	}
	image := new(path).move(at(-94), y+s/30).bend(at(0), y+s*55/100, at(98), y+s/30).close()
	c.fill(image, c.vertical(y, y+s/2, stop{0, m.land[2], 62}, stop{100, m.land[2], 6}), 100)
	c.fill(new(path).move(at(-96), y-s*30/100).bend(at(-20), y-s*14/100, at(108), y-s*44/100).bend(at(90), y-s/12, at(66), y+s/14).bend(at(0), y+s/9, at(-76), y+s/14).close(),
		c.vertical(y-s*4/10, y+s/10, stop{0, mix(hull, m.glow, 24), 100}, stop{100, mix(hull, m.land[2], 45), 100}), 100)
	c.fill(new(path).move(at(-92), y-s*28/100).bend(at(-20), y-s*12/100, at(102), y-s*41/100).bend(at(0), y-s*4/100, at(-92), y-s*28/100), solid(m.tone(95)), 85)
	c.fill(new(path).move(at(-34), y-s*23/100).line(at(-20), y-s*22/100).line(at(-16), y-s*10/100).line(at(-32), y-s*11/100).close().
		move(at(26), y-s*25/100).line(at(40), y-s*28/100).line(at(42), y-s*13/100).line(at(28), y-s*11/100).close(), solid(mix(m.light(), hull, 45)), 90)
	c.stroke(new(path).move(at(-20), y-s*18/100).line(at(58), y+s*16/100), solid(mix(m.light(), m.tone(60), 30)), s/40, 100)
	c.fill(new(path).lens(x, y+s*24/100, s, s/36).lens(at(40), y+s*38/100, s*5/10, s/44), solid(m.light()), 40)
}
