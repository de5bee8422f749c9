package album

// light is where the sun or moon stands; scenes draw shadows and glitter by it.
type light struct{ x, y, r int }

// skyTo paints the air down to the horizon, and on below it so that nothing
// shows through between land and sky.
func (c *canvas) skyTo(horizon int) {
	s := c.mood.sky
	c.rect(0, 0, width, height, c.vertical(0, horizon,
		stop{0, s[0], 100}, stop{36, s[1], 100}, stop{74, s[2], 100}, stop{100, s[3], 100}), 100)
	if c.mood.dark {
		c.stars(0, horizon, 230)
	}
}

// stars are strewn from top to bottom, fewer towards the bottom.
func (c *canvas) stars(top, bottom, count int) {
	for size, share := range []int{65, 27, 8} {
		p := new(path)
		for range count * share / 100 {
			y := top + (bottom-top)*min(c.n(100), c.n(130))/100 + c.n(90)
			p.dot(c.n(width), y)
		}
		c.stroke(p, solid(mix(c.mood.glow, white, 60)), []int{13, 22, 36}[size], []int{50, 75, 95}[size])
	}
}

// sunAt draws the sun, or in dark moods the moon, with the light around it.
func (c *canvas) sunAt(x, y, r int) light {
	m := &c.mood
	halo, strength := 13*r, 85
	if m.dark {
		halo, strength = 9*r, 45
	}
	if m.weather == rain || m.weather == fog {
		strength = strength * 6 / 10
	}
	c.circle(x, y, halo, c.radial(x, y, halo, stop{0, m.glow, strength}, stop{12, m.glow, strength * 7 / 10},
		stop{38, m.glow, strength * 3 / 10}, stop{70, m.glow, strength / 12}, stop{100, m.glow, 0}), 100)
	switch {
	case m.weather == rain || m.weather == fog:
		c.circle(x, y, r, solid(m.sun), 45)
	case m.dark:
		c.moon(x, y, r)
	default:
		c.circle(x, y, r, c.vertical(y-r, y+r, stop{0, m.sun, 100}, stop{100, mix(m.sun, m.glow, 80), 100}), 100)
	}
	return light{x, y, r}
}

// moon is full with its grey seas, or a crescent.
func (c *canvas) moon(x, y, r int) {
	m := &c.mood
	if c.chance(45) {
		// The shadow's edge is an ellipse: its half axis tells the phase.
		p := new(path).move(x, y-r)
		side, bulge := c.n(2), r*c.in(25, 70)/100
		p.numbers('a', r, r, 0, 0, side, 0, 2*r)
		p.numbers('a', bulge, r, 0, 0, 1-side, 0, -2*r)
		c.circle(x, y, r, solid(m.sun), 7)
		c.fill(p, solid(m.sun), 100)
		return
	}
	c.circle(x, y, r, solid(m.sun), 100)
	p := new(path)
	for _, s := range [][3]int{{-38, -22, 26}, {8, -40, 17}, {30, -5, 22}, {-12, 28, 20}, {-50, 18, 11}, {34, 40, 11}, {5, 2, 12}} {
		p.disc(x+s[0]*r/100, y+s[1]*r/100, s[2]*r/100)
	}
	c.fill(p, solid(mix(m.sun, m.sky[2], 45)), 32)
}

// streaks are long thin clouds, lit from below by a low sun.
func (c *canvas) streaks(count, top, bottom int) {
	lit, shade := mix(c.mood.glow, c.mood.sky[3], 40), mix(c.mood.sky[1], c.mood.sky[2], 40)
	if c.mood.dark {
		lit = mix(c.mood.sky[2], c.mood.glow, 18)
	}
	for i := range count {
		y := lerp(top, bottom, i*10+c.n(9), count*10)
		x, w := c.in(500, width-500), c.in(1500, 4200)
		color, alpha := mix(shade, lit, 100*(y-top)/(bottom-top+1)), c.in(22, 50)
		p := new(path)
		for range c.in(3, 5) {
			p.lens(x+c.in(-w/2, w/2), y+c.in(-90, 90), w*c.in(40, 100)/100, c.in(45, 150))
		}
		c.fill(p, solid(color), alpha)
	}
}

// cumulus is one heaped cloud with a flat base.
func (c *canvas) cumulus(x, y, w, alpha int) {
	p := new(path)
	for i := range 9 {
		t := i*100/8 - 50 // from the left end to the right
		r := w * (2500 - t*t + 500) * c.in(70, 115) / 100 / 13000
		p.disc(x+w*t/100, y-r*6/10, max(r, w/14))
	}
	p.lens(x, y, w*7/10, w/10)
	top, base := c.mood.light(), mix(c.mood.sky[2], c.mood.sky[3], 40)
	c.fill(p, c.vertical(y-w*35/100, y+w/12, stop{0, top, 100}, stop{100, base, 60}), alpha)
}

// birds are a flock of gulls far off.
func (c *canvas) birds(x, y, count, size int) {
	p := new(path)
	for range count {
		bx, by, s := x+c.in(-1300, 1300), y+c.in(-500, 500), size*c.in(60, 120)/100
		tilt := c.in(-s/4, s/4)
		p.move(bx-s, by-s/3+tilt).bend(bx-s/3, by-s/2, bx, by).bend(bx+s/3, by-s/2, bx+s, by-s/3-tilt)
	}
	c.stroke(p, solid(c.mood.tone(85)), max(size/7, 12), 75)
}

// vignette darkens the lower corners a little, where a page writes on the
// picture.
func (c *canvas) vignette() {
	dark := mix(c.mood.land[2], black, 40)
	c.rect(0, 6800, width, 3200, c.vertical(6800, height, stop{0, dark, 0}, stop{100, dark, 42}), 100)
}
