package album

var patchTitles = []string{
	"The heavy harvest", "October, round", "Rows of small suns", "Left on the vine",
	"One for every step", "The barn can wait", "Ribs and stems", "Ready for the porch",
}

// drawPatch: a field of pumpkins below hills, with a barn.
func drawPatch(c *canvas) {
	c.ground(grass, 30)
	m := &c.mood
	horizon := c.in(5000, 5400)
	c.skyTo(horizon)
	c.sunAt(c.mid(centreLeft, centreRight), horizon-c.in(500, 2300), c.in(420, 700))
	c.streaks(c.in(3, 5), 900, horizon-700)
	c.ranges(2, horizon-500, horizon-100, 6, 20)
	for i := range 2 {
		line := c.rolling(horizon+120+i*380, 240, 4600)
		c.pines(line, 40-14*i, 420+190*i, 75, solid(m.tone(44+16*i)))
		c.fill(hill(line, height), c.vertical(horizon, height, stop{0, mix(m.tone(38+14*i), m.haze(), 24), 100}, stop{100, m.tone(70 + 10*i), 100}), 100)
	}
	side := c.sign()
	c.barn(middle+side*c.in(900, 1700), horizon+760, c.in(620, 760))
	c.rect(0, horizon+700, width, height, c.vertical(horizon+700, height, stop{0, m.tone(60), 0}, stop{30, m.tone(66), 80}, stop{100, m.tone(95), 100}), 100)
	vines := new(path)
	c.grass(vines, func(x int) int { return horizon + 1250 }, 210, 150)
	c.fill(vines, solid(m.tone(70)), 80)
	for row := range 4 {
		y, r := horizon+1000+row*row*150+row*210, 150+row*row*38+row*48
		one := c.newStamp(func() { c.pumpkin(30-row*8, row > 1) })
		for x := -r + c.n(2*r); x < width+r; x += r*4 + c.n(r*3) {
			c.put(one, x, y+c.n(r/2), r*c.in(75, 110)/1000, c.sign())
		}
	}
	x := c.mid(centreLeft+700, centreRight-700)
	near := c.newStamp(func() { c.pumpkin(0, true) })
	c.put(near, x-side*c.in(1250, 1500), 8900, c.in(62, 74), side)
	c.put(near, x+side*c.in(200, 500), 9150, c.in(100, 115), -side)
	c.bank(9900, 300, 130, 97)
}

// pumpkin is one pumpkin, haze in percent is how far off it is; only a near one
// has a stem with a curl.
func (c *canvas) pumpkin(haze int, near bool) {
	const x, y, r = 0, 0, 1000
	m := &c.mood
	skin := mix(0xe8792b, m.accents[0], 25)
	if c.hue {
		skin = m.accents[0]
	}
	if m.dark {
		skin = mix(skin, m.land[1], 48)
	}
	skin = mix(skin, m.haze(), max(haze, 0))
	h := r * 76 / 100
	c.ellipse(x, y-h/12, r*115/100, r/6, solid(m.land[2]), 38)
	rib := func(dx, w int, color rgb) {
		p := c.upright(stop{0, mix(color, m.glow, 28), 100}, stop{40, color, 100}, stop{100, mix(color, m.land[2], 50), 100})
		for side := -1; side < 2; side += 2 {
			c.ellipse(x+side*r*dx/100, y-h, r*w/100, h*(100-dx/9)/100, p, 100)
			if dx == 0 {
				return
			}
		}
	}
	rib(62, 40, mix(skin, m.land[2], 22))
	rib(36, 40, mix(skin, m.land[2], 9))
	rib(0, 36, skin)
	if !near {
		c.fill(new(path).box(x-r/14, y-2*h-r/6, r/7, r/3), solid(m.tone(80)), 100)
		return
	}
	c.ellipse(x-r/10, y-h*155/100, r/6, h/6, solid(m.glow), 24)
	lean := c.sign()
	stem := new(path).move(x-r/8, y-2*h+r/14).bend(x-r/14, y-2*h-r/5, x+lean*r/5-r/14, y-2*h-r*36/100).line(x+lean*r/5+r/10, y-2*h-r*30/100).bend(x+r/12, y-2*h-r/6, x+r/8, y-2*h+r/14).close()
	c.fill(stem, solid(mix(m.tone(72), 0x5d7042, 30)), 100)
	curl := new(path).move(x+lean*r/10, y-2*h-r/12).curve(x+lean*r*6/10, y-2*h-r*4/10, x+lean*r*9/10, y-2*h+r/10, x+lean*r*7/10, y-2*h+r/8)
	c.stroke(curl, solid(m.tone(76)), max(r/34, 10), 90)
}

// barn stands with its foot at (x, y), s is half its width.
func (c *canvas) barn(x, y, s int) {
	m := &c.mood
	wall := mix(m.accents[1], m.tone(72), 48)
	dark := solid(m.tone(90))
	front := new(path).move(x-s*6/10, y).line(x-s*6/10, y-s*8/10).line(x-s*42/100, y-s*125/100).line(x, y-s*155/100).line(x+s*42/100, y-s*125/100).line(x+s*6/10, y-s*8/10).line(x+s*6/10, y).close()
	c.fill(new(path).box(x, y-s*8/10, s*22/10, s*8/10), solid(mix(wall, m.land[2], 35)), 100)
	c.fill(new(path).move(x, y-s*158/100).line(x+s*18/10, y-s*158/100).line(x+s*205/100, y-s*125/100).line(x+s*23/10, y-s*76/100).line(x+s*64/100, y-s*76/100).line(x+s*44/100, y-s*127/100).close(), solid(mix(m.tone(84), m.haze(), 15)), 100)
	c.fill(front, c.vertical(y-s*3/2, y, stop{0, mix(wall, m.glow, 16), 100}, stop{100, mix(wall, m.land[2], 22), 100}), 100)
	c.stroke(new(path).move(x-s*66/100, y-s*76/100).line(x-s*44/100, y-s*127/100).line(x, y-s*158/100).line(x+s*44/100, y-s*127/100).line(x+s*66/100, y-s*76/100), solid(m.light()), s/18, 80)
	c.fill(new(path).box(x-s*26/100, y-s*56/100, s*52/100, s*56/100).box(x-s/8, y-s*115/100, s/4, s/4), dark, 88)
	c.stroke(new(path).move(x-s*26/100, y).line(x+s*26/100, y-s*56/100).move(x+s*26/100, y).line(x-s*26/100, y-s*56/100), solid(m.light()), s/26, 60)
}
