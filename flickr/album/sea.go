package album

var seaTitles = []string{
	"Low tide, late light", "The long swell", "Nothing but water", "A sail on the line",
	"Glitter path", "Where the air ends", "Slack water", "Salt and silver",
}

// drawSea: open water under a low sun, its glitter, perhaps a sail or far land.
func drawSea(c *canvas) {
	horizon := c.in(5000, 5900)
	c.skyTo(horizon)
	c.streaks(c.in(5, 9), horizon/4, horizon-300)
	r := c.in(330, 620)
	sun := c.sunAt(c.mid(centreLeft+300, centreRight-300), horizon-c.in(-r/3, 1900), r)
	if c.chance(45) {
		c.headland(horizon)
	}
	c.water(horizon, height, sun)
	c.swell(horizon)
	if c.chance(65) {
		x := sun.x + c.sign()*c.in(600, 1500)
		c.sailboat(x, horizon+c.in(60, 700))
	}
	if c.chance(50) {
		c.birds(c.in(6000, 10000), horizon-c.in(1500, 3000), c.in(4, 9), 150)
	}
}

// headland is land on the far side of the water, from one edge.
func (c *canvas) headland(horizon int) {
	seed, side := c.next(), c.sign()
	for layer := range 2 {
		var points []point
		reach := c.in(3500, 6500) - 1500*layer
		for x := 0; x <= reach; x += 130 {
			fall := unit - x*unit/reach
			y := horizon - (250+250*layer)*fall/unit - fractal(seed, x, 1700, 4)*420/unit*fall/unit
			px := x - 100
			if side < 0 {
				px = width - px
			}
			points = append(points, point{px, min(y, horizon+10)})
		}
		c.fill(land(points, horizon+10), solid(c.mood.tone(12+24*layer)), 100)
	}
}

// water mirrors the sky, darker towards the viewer, and glitters below the sun.
func (c *canvas) water(top, bottom int, sun light) {
	m := &c.mood
	deep := mix(m.sky[0], m.land[2], 55)
	c.rect(0, top, width, bottom-top, c.vertical(top, bottom,
		stop{0, mix(m.sky[3], m.sky[2], 45), 100}, stop{14, mix(m.sky[2], m.land[1], 35), 100},
		stop{50, mix(m.sky[1], m.land[1], 50), 100}, stop{100, deep, 100}), 100)
	c.rect(0, top, width, 26, solid(m.light()), 35)
	c.glitter(top, bottom, sun)
}

// glitter is the broken image of the sun, widening towards the viewer.
func (c *canvas) glitter(top, bottom int, sun light) {
	deep := bottom - top
	m := &c.mood
	for shade, color := range []rgb{m.sun, m.glow, mix(m.sky[3], m.glow, 40)} {
		p := new(path)
		for i := range 60 {
			t := (i*17 + c.n(16)) * 1000 / (60 * 17) // 0 at the horizon, 1000 at the bottom
			y := top + deep*t/1000*(t+350)/1350 + 30
			spread := sun.r*9/10 + t*sun.r/420
			w := (70 + c.n(120) + t*c.in(20, 62)/100) * (4 - shade) / 3
			p.lens(sun.x+c.mid(-spread, spread), y, w, 9+t*34/1000)
		}
		fade := c.vertical(top, bottom, stop{0, color, 95}, stop{60, color, 55}, stop{100, color, 8})
		c.fill(p, fade, 88-14*shade)
	}
}

// swell is dark and light lines across the water.
func (c *canvas) swell(top int) {
	dark, lit := new(path), new(path)
	for i := range 90 {
		t := (i*11 + c.n(11)) * 1000 / (90 * 11)
		y := top + 40 + (height-top)*t/1000*(t+250)/1250
		p := dark
		if i%3 == 0 {
			p = lit
		}
		p.lens(c.n(width), y, 300+c.n(500)+t*2, 8+t*36/1000)
	}
	c.fill(dark, solid(mix(c.mood.land[2], c.mood.sky[0], 40)), 26)
	c.fill(lit, solid(mix(c.mood.sky[3], c.mood.sky[2], 40)), 20)
}

// sailboat stands on the line y with its reflection below; nearer boats are
// larger.
func (c *canvas) sailboat(x, y int) {
	s := 240 + c.n(160)
	hull, sail := solid(c.mood.tone(92)), solid(mix(c.mood.light(), c.mood.accents[c.n(4)], 30))
	lean := c.in(-6, 6)
	mast := x + s*lean/60
	c.fill(new(path).move(mast, y-s*26/10).bend(mast+s*8/10, y-s, x+s, y-s/4).line(x+s/20, y-s/4).close(), sail, 100)
	c.fill(new(path).move(mast-s/14, y-s*23/10).bend(mast-s/3, y-s, x-s*7/10, y-s/4).line(x-s/20, y-s/4).close(), sail, 82)
	c.fill(new(path).move(x-s*9/10, y-s/5).line(x+s*11/10, y-s/5).bend(x+s*8/10, y+s/10, x+s*6/10, y+s/10).line(x-s*6/10, y+s/10).close(), hull, 100)
	p := new(path)
	for i := range 7 {
		p.lens(x+c.in(-s/6, s/6), y+s/6+i*s/4, s*(8-i)/9, s/22)
	}
	c.fill(p, hull, 35)
	c.fill(new(path).lens(x+s/6, y+s/2, s/3, s/30).lens(x, y+s, s/4, s/30), sail, 40)
}
