package album

var balloonTitles = []string{
	"Up before the wind", "Burner, then silence", "Six silk lanterns", "The slowest race",
	"Basket's-eye morning", "Lifted", "A crowd of one's own", "Drifting by",
}

// drawBalloons: hot-air balloons over hazy hills.
func drawBalloons(c *canvas) {
	c.ground(grass, 20)
	m := &c.mood
	c.skyTo(7400)
	c.sunAt(c.in(centreLeft, centreRight), c.in(4200, 5600), c.in(420, 680))
	c.streaks(c.in(3, 5), 900, 4800)
	c.ranges(3, 6500, 7600, 4, 36)
	for range c.in(4, 6) {
		s := c.in(150, 330)
		c.balloon(c.n(width), c.in(1500, 6200), s, 60-s/10)
	}
	c.mist(7500, 900, m.haze(), 50)
	for i := range 3 {
		line := c.rolling(8000+i*560, 320, 5200)
		c.pines(line, 46-14*i, 360+170*i, 20, solid(m.tone(54+18*i)))
		c.fill(hill(line, height), c.vertical(7700+i*560, 9300+i*500, stop{0, m.tone(55 + 18*i), 100}, stop{100, mix(m.tone(60+18*i), m.haze(), 26-12*i), 100}), 100)
	}
	side := c.sign()
	c.balloon(middle+side*c.in(100, 900), c.in(2900, 3700), c.in(1150, 1450), 0)
	c.balloon(middle-side*c.in(1300, 1700), c.in(4700, 5300), c.in(480, 640), 12)
	c.balloon(middle+side*c.in(3900, 5600), c.in(2300, 4300), c.in(560, 820), 8)
}

// balloon is an envelope of coloured gores around (x, y) and its basket; haze
// in percent is how far off it is.
func (c *canvas) balloon(x, y, r, haze int) {
	m := &c.mood
	veil := func(color rgb) rgb { return mix(color, mix(m.sky[2], m.haze(), 50), haze) }
	foot := y + r*150/100
	outline := func(share int) *path { // share of the full width, in percent
		w := r * share / 100
		n := r / 5 * share / 100
		return new(path).move(x-n, foot).curve(x-w*5/10, y+r*95/100, x-w, y+r*6/10, x-w, y).
			curve(x-w, y-r*132/100, x+w, y-r*132/100, x+w, y).curve(x+w, y+r*6/10, x+w*5/10, y+r*95/100, x+n, foot).close()
	}
	k := c.n(4)
	for i, share := range []int{100, 76, 48, 18} {
		color := m.accents[(k+i%2*(1+c.n(2)))%4]
		if i%2 == 1 {
			color = mix(color, m.light(), 50)
		}
		if m.dark {
			color = mix(color, m.land[1], 30)
		}
		c.fill(outline(share), solid(veil(color)), 100)
	}
	c.fill(outline(100), c.radial(x-r*4/10, y-r*4/10, r*19/10, stop{0, m.glow, 42}, stop{35, m.glow, 0}, stop{60, m.land[2], 10}, stop{100, m.land[2], 62}), 100)
	dark := veil(m.tone(90))
	by := foot + r*42/100
	ropes := new(path)
	for _, d := range []int{-19, -7, 7, 19} {
		ropes.move(x+r*d/100, foot).line(x+r*d*7/1000, by)
	}
	c.stroke(ropes, solid(dark), max(r/70, 8), 90)
	b := r * 15 / 100
	c.fill(new(path).move(x-b, by).line(x+b, by).line(x+b*8/10, by+b*15/10).line(x-b*8/10, by+b*15/10).close(), solid(veil(mix(m.tone(80), 0x8a5a34, 35))), 100)
	c.fill(new(path).box(x-b*11/10, by-b/6, b*22/10, b/3), solid(dark), 100)
	if haze < 30 {
		c.fill(new(path).lens(x, foot+r/12, r/16, r/6), solid(mix(m.accents[2], white, 40)), 85)
	}
}
