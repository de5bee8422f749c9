package album

var castleTitles = []string{
	"The bridge is down", "Seven towers, one lamp", "Once there were dragons", "The king sleeps in",
	"Flags at half wind", "A long way up with groceries", "Built on a quarrel", "The steward's window",
}

// drawCastle: a castle on a steep hill over forests.
func drawCastle(c *canvas) {
	c.ground(grass, 25)
	m := &c.mood
	c.skyTo(6900)
	x, side := c.mid(centreLeft+1500, centreRight-1500), c.sign()
	sun := c.sunAt(x+side*c.in(900, 2400), c.in(1900, 3600), c.in(420, 800))
	c.streaks(c.in(3, 6), 900, 4600)
	if c.chance(30) {
		c.massif(sun, 6900)
	}
	c.ranges(2, 5500, 6700, 4, 26)
	c.mist(7000, 900, m.haze(), 40)
	far := c.rolling(7300, 280, 4200)
	c.pines(far, 32, 540, 40, solid(m.tone(46)))
	c.fill(hill(far, height), c.vertical(7000, 8800, stop{0, mix(m.tone(46), m.haze(), 24), 100}, stop{100, m.tone(62), 100}), 100)
	crag := skyline(8300, 120, func(at int) int {
		d := abs(at - x)
		return max(2400-max(d-1900, 0)*88/100, -400) + c.n(110) - d/30
	})
	c.keep(x, 8300-2360, side)
	c.fill(land(crag, height), c.vertical(5700, 8800, stop{0, mix(m.tone(66), m.glow, 16), 100}, stop{100, m.tone(80), 100}), 100)
	ledges := new(path)
	for range 20 {
		d, w := c.in(-3600, 3600), c.in(120, 420)
		y := heightAt(crag, x+d) + c.in(160, 1100)
		ledges.move(x+d-w, y).line(x+d+w, y-c.n(60)).line(x+d+w/2, y+c.in(80, 240)).close()
	}
	c.fill(ledges, solid(m.land[2]), 22)
	for i := range 2 {
		line := c.rolling(8350+i*650, 300, 4600)
		c.pines(line, 32-10*i, 1000+500*i, 20, solid(m.tone(80+12*i)))
		c.fill(hill(line, height), solid(m.tone(82+13*i)), 100)
	}
	c.birds(x-side*c.in(1600, 3000), c.in(2600, 3800), c.in(4, 7), 120)
}

// keep is walls and towers with their feet on the line y.
func (c *canvas) keep(x, y, side int) {
	m := &c.mood
	stone := mix(mix(m.light(), m.tone(50), 30), m.tone(62), 30)
	if m.dark {
		stone = mix(m.tone(52), m.glow, 10)
	}
	roof := mix(mix(m.sky[0], m.accents[1], 40), m.tone(76), 40)
	lit, slits := new(path), new(path)
	tower := func(d, w, tall, spire int) {
		cx := x + side*d
		c.fill(new(path).box(cx-w, y-tall, 2*w, tall+500), c.linear(cx-w, 0, cx+w, 0, stop{0, mix(stone, m.glow, 26), 100}, stop{45, stone, 100}, stop{100, mix(stone, m.land[2], 45), 100}), 100)
		c.fill(new(path).box(cx-w*118/100, y-tall-w*4/10, w*236/100, w*5/10), solid(mix(stone, m.land[2], 14)), 100)
		if spire > 0 {
			c.fill(new(path).move(cx-w*125/100, y-tall-w*4/10).bend(cx-w/5, y-tall-spire*4/10, cx, y-tall-spire).bend(cx+w/5, y-tall-spire*4/10, cx+w*125/100, y-tall-w*4/10).close(),
				c.linear(cx-w, 0, cx+w, 0, stop{0, mix(roof, m.glow, 30), 100}, stop{50, roof, 100}, stop{100, mix(roof, m.land[2], 45), 100}), 100)
			c.stroke(new(path).move(cx, y-tall-spire).line(cx, y-tall-spire-260), solid(m.tone(90)), 22, 100)
			c.fill(new(path).move(cx, y-tall-spire-260).line(cx+side*260, y-tall-spire-190).line(cx, y-tall-spire-120).close(), solid(m.accents[0]), 95)
		} else {
			for i := range 4 {
				slits.box(cx-w*118/100+i*w*67/100, y-tall-w*4/10-90, w*34/100, 100)
			}
		}
		for i := range (tall - 260) / 420 {
			p := lit
			if c.chance(35) {
				p = slits
			}
			p.box(cx-32+c.in(-w/4, w/4), y-tall+240+i*420, 64, 150)
		}
	}
	wall := func(from, to, tall int) {
		l, r := min(x+side*from, x+side*to), max(x+side*from, x+side*to)
		c.fill(new(path).box(l, y-tall, r-l, tall+500), c.vertical(y-tall, y+300, stop{0, mix(stone, m.land[2], 10), 100}, stop{100, mix(stone, m.land[2], 40), 100}), 100)
		battlement := new(path)
		for bx := l; bx < r-60; bx += 170 {
			battlement.box(bx, y-tall-90, 95, 100)
		}
		c.fill(battlement, solid(mix(stone, m.land[2], 10)), 100)
	}
	tower(-250, 330, c.in(2100, 2500), c.in(1000, 1250))
	tower(620, 240, c.in(1700, 2000), c.in(800, 1000))
	wall(-1500, 1600, 900)
	tower(-950, 230, c.in(1250, 1500), c.in(650, 800))
	tower(1250, 260, c.in(1150, 1350), 0)
	wall(-1900, 1950, 520)
	tower(-1800, 240, c.in(820, 950), c.in(560, 700))
	tower(1900, 220, c.in(760, 900), c.in(520, 640))
	tower(120, 330, 670, 0)
	gate := new(path).move(x+side*120-150, y+60).line(x+side*120-150, y-240).bend(x+side*120, y-480, x+side*120+150, y-240).line(x+side*120+150, y+60).close()
	c.fill(gate, solid(m.tone(94)), 92)
	c.fill(slits, solid(mix(m.tone(84), m.land[2], 30)), 88)
	c.fill(lit, solid(mix(m.accents[2], m.accents[0], 40)), 92)
}
