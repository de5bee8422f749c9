package album

var villageTitles = []string{
	"Bells at six", "Everyone knows the baker", "Roofs, and one steeple", "The valley's only clock",
	"Sunday, slowly", "Smoke from three chimneys", "Market tomorrow", "The road ends here",
}

// drawVillage: roofs around a church between hills and mountains.
func drawVillage(c *canvas) {
	c.ground(grass, 30)
	m := &c.mood
	c.skyTo(6200)
	sun := c.sunAt(c.in(centreLeft, centreRight), c.in(1600, 3600), c.in(360, 560))
	c.streaks(c.in(3, 5), 900, 4300)
	if c.chance(50) {
		c.massif(sun, 6300)
	} else {
		c.ranges(4, 4700, 6100, 2, 30)
	}
	c.mist(6100, 700, m.haze(), 42)
	for i := range 2 {
		line := c.rolling(6250+i*430, 300, 4600)
		c.pines(line, 52-16*i, 470+190*i, 70, solid(m.tone(44+14*i)))
		c.fill(hill(line, height), c.vertical(6000+i*400, 8300, stop{0, mix(m.tone(38+14*i), m.glow, 16), 100}, stop{100, m.tone(64 + 8*i), 100}), 100)
	}
	x := c.mid(centreLeft+900, centreRight-900)
	side := c.sign()
	var houses [5]stamp
	for i := range houses {
		houses[i] = c.newStamp(c.cottage)
	}
	for row := range 3 {
		y, s := 7050+row*430, 330+row*95
		if row == 1 {
			c.church(x, y+60, c.in(620, 700), side)
		}
		for k := -6; k < 7; k++ {
			hx := x + k*s*34/10 + c.in(-s/2, s/2) + row%2*s
			if row == 1 && abs(hx-x) < 1500 || row == 2 && abs(hx-x) < 1100 || c.chance(14) {
				continue
			}
			c.put(houses[c.n(5)], hx, y+abs(hx-x)*abs(hx-x)/190000+c.in(-60, 60), s*c.in(80, 115)/400, c.sign())
		}
	}
	front := c.rolling(8650, 260, 5200)
	color := m.tone(84)
	c.pines(front, 22, 1000, 100, solid(m.tone(92)))
	c.fill(hill(front, height), c.vertical(8300, height, stop{0, mix(color, m.glow, 12), 100}, stop{100, m.tone(97), 100}), 100)
	grass := new(path)
	c.grass(grass, func(at int) int { return heightAt(front, min(max(at, 0), width)) + 40 }, 120, 170)
	c.fill(grass, solid(color), 100)
}

// lampsLit reports whether lamps are lit in this mood.
func (c *canvas) lampsLit() bool { return c.mood.dark || c.mood.sky[0].luma() < 60 }

// wallAndRoof are the colours of a house.
func (c *canvas) wallAndRoof() (wall, roof rgb) {
	m := &c.mood
	wall, roof = mix(m.light(), m.tone(50), c.in(12, 34)), mix(m.tone(74), mix(0xa3482e, m.accents[1], 40), 55)
	if m.dark {
		wall, roof = mix(wall, m.land[1], 55), mix(roof, m.land[2], 40)
	}
	if m.weather == snow {
		roof = mix(roof, m.light(), 70)
	}
	return wall, roof
}

// cottage is a small house around the origin.
func (c *canvas) cottage() {
	const x, y, s, side = 0, 0, 400, 1
	m := &c.mood
	wall, roof := c.wallAndRoof()
	at := func(dx int) int { return x + side*s*dx/100 }
	tall := s * c.in(85, 110) / 100
	c.fill(new(path).move(at(-100), y+40).line(at(-100), y-tall).line(at(100), y-tall).line(at(100), y+40).close(), solid(wall), 100)
	c.fill(new(path).move(at(-100), y+40).line(at(-100), y-tall).line(at(-62), y-tall-s*62/100).line(at(-24), y-tall).line(at(-24), y+40).close(), solid(mix(wall, m.land[2], 24)), 100)
	c.fill(new(path).move(at(-66), y-tall-s*70/100).line(at(82), y-tall-s*70/100).line(at(112), y-tall+s/12).line(at(-26), y-tall+s/12).close(), c.upright(stop{0, mix(roof, m.glow, 18), 100}, stop{100, roof, 100}), 100)
	c.stroke(new(path).move(at(-104), y-tall+s/14).line(at(-64), y-tall-s*66/100), solid(mix(roof, m.land[2], 20)), s/9, 100)
	c.fill(new(path).box(at(52)-s/14, y-tall-s, s/7, s*4/10), solid(mix(wall, m.land[2], 35)), 100)
	pane, alpha := mix(m.tone(84), m.sky[1], 20), 85
	if c.lampsLit() || c.chance(20) {
		pane, alpha = mix(m.accents[0], m.accents[2], 50), 95
	}
	w := s * 17 / 100
	c.fill(new(path).box(at(6)-w/2, y-tall*62/100, w, w*13/10).box(at(50)-w/2, y-tall*62/100, w, w*13/10).box(at(-62)-w/2, y-tall*70/100, w, w*13/10), solid(pane), alpha)
}

// church stands with its tower's foot at (x, y).
func (c *canvas) church(x, y, s, side int) {
	m := &c.mood
	wall, roof := c.wallAndRoof()
	at := func(dx int) int { return x + side*s*dx/100 }
	nave := new(path).move(at(0), y+60).line(at(0), y-s*13/10).line(at(230), y-s*13/10).line(at(230), y+60).close()
	c.fill(nave, solid(mix(wall, m.land[2], 12)), 100)
	c.fill(new(path).move(at(0), y-s*21/10).line(at(208), y-s*21/10).line(at(246), y-s*122/100).line(at(0), y-s*122/100).close(), c.upright(stop{0, mix(roof, m.glow, 18), 100}, stop{100, roof, 100}), 100)
	c.fill(new(path).move(at(-46), y+60).line(at(-46), y-s*27/10).line(at(46), y-s*27/10).line(at(46), y+60).close(), c.linear(at(-46), 0, at(46), 0, stop{0, mix(wall, m.land[2], 24), 100}, stop{100, wall, 100}), 100)
	c.fill(new(path).move(at(-58), y-s*266/100).line(at(0), y-s*47/10).line(at(58), y-s*266/100).close(), c.linear(at(-58), 0, at(58), 0, stop{0, mix(roof, m.land[2], 35), 100}, stop{55, roof, 100}, stop{100, mix(roof, m.glow, 20), 100}), 100)
	c.stroke(new(path).move(x, y-s*47/10).line(x, y-s*51/10).move(x-s/10, y-s*498/100).line(x+s/10, y-s*498/100), solid(m.tone(90)), s/26, 100)
	pane := mix(m.tone(84), m.sky[1], 20)
	if c.lampsLit() {
		pane = mix(m.accents[0], m.accents[2], 50)
	}
	windows := new(path)
	for i := range 3 {
		wx, w := at(90+i*52), s*9/100
		windows.move(wx-w, y-s*40/100).line(wx-w, y-s*88/100).bend(wx-w, y-s*108/100, wx, y-s*112/100).bend(wx+w, y-s*108/100, wx+w, y-s*88/100).line(wx+w, y-s*40/100).close()
	}
	windows.box(x-s/14, y-s*17/10, s/7, s*3/10)
	c.fill(windows, solid(pane), 92)
	c.circle(x, y-s*23/10, s*22/100, solid(m.light()), 95)
	c.stroke(new(path).move(x, y-s*245/100).line(x, y-s*23/10).line(x+s/10, y-s*225/100), solid(m.tone(92)), s/30, 100)
}
