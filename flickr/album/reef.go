package album

var reefTitles = []string{
	"Twelve metres down", "The school turns", "Breath held", "Under the blue ceiling",
	"Kelp time", "Everything sways", "Light, bent", "Quiet traffic",
}

// drawReef: under water; rays from the surface, a school of fish, coral and
// weed along the bottom.
func drawReef(c *canvas) {
	m := &c.mood
	top, deep := mix(m.sky[3], m.accents[3], 20), mix(m.land[2], m.sky[0], 28)
	c.rect(0, 0, width, height, c.vertical(0, height, stop{0, top, 100}, stop{22, m.sky[2], 100}, stop{58, m.sky[1], 100}, stop{100, deep, 100}), 100)
	x := c.in(centreLeft, centreRight)
	c.circle(x, -600, 5600, c.radial(x, -600, 5600, stop{0, m.sun, 95}, stop{30, m.glow, 45}, stop{100, m.glow, 0}), 100)
	ray := c.vertical(0, 8200, stop{0, m.glow, 50}, stop{60, m.glow, 14}, stop{100, m.glow, 0})
	for i := range 9 {
		at := x - 4000 + i*1000 + c.in(-350, 350)
		foot, w := x+(at-x)*23/10, c.in(150, 560)
		c.fill(new(path).move(at-w/3, -50).line(at+w/3, -50).line(foot+w, 8200).line(foot-w, 8200).close(), ray, c.in(25, 75))
	}
	for i := range 3 {
		seed := c.next()
		line := skyline(7800+i*700, 170, func(at int) int {
			return fractal(seed, at, 2600, 4)*620/unit + abs(at-middle)*(abs(at-middle)/100)/(900+250*i)
		})
		color := mix(m.sky[1], deep, 34+26*i)
		if i == 1 {
			c.school(c.mid(centreLeft+900, centreRight-900), c.in(3900, 5100))
		}
		c.fill(land(line, height), c.vertical(6500+i*600, height, stop{0, color, 100}, stop{100, mix(color, deep, 70), 100}), 100)
		c.weed(line, 7+3*i, 700+450*i, mix(m.tone(60+16*i), deep, 35))
		c.coral(line, 6+2*i, 230+130*i, i)
	}
	bubbles := new(path)
	for range 4 {
		bx, by := c.in(3000, 13000), c.in(3000, 8200)
		for k := range 9 {
			bubbles.disc(bx+c.in(-130, 130), by-k*c.in(150, 300), c.in(16, 62))
		}
	}
	c.stroke(bubbles, solid(m.light()), 13, 50)
}

// school is fish swimming one way, the nearest largest.
func (c *canvas) school(x, y int) {
	m := &c.mood
	side := c.sign()
	for depth := range 3 {
		bodies, shine := new(path), new(path)
		size := 110 + 110*depth
		for range 26 - 9*depth {
			fx, fy := x+c.mid(-3300, 3300), y+c.mid(-1700, 1700)
			s := size * c.in(75, 120) / 100
			bodies.fish(fx, fy, s, side)
			shine.lens(fx-side*s/10, fy-s/7, s*6/10, s/14)
		}
		color := mix(m.accents[[]int{3, 1, 0}[depth]], m.sky[1], 58-26*depth)
		c.fill(bodies, solid(color), 100)
		c.fill(shine, solid(m.light()), 40)
	}
}

// fish is a body and a tail; side is where it swims.
func (p *path) fish(x, y, s, side int) {
	p.move(x+side*s, y).bend(x+side*s/2, y-s*45/100, x-side*s*3/10, y-s/4).line(x-side*s*8/10, y-s/20)
	p.line(x-side*s*13/10, y-s*35/100).bend(x-side*s*11/10, y, x-side*s*13/10, y+s*35/100).line(x-side*s*8/10, y+s/20)
	p.line(x-side*s*3/10, y+s/4).bend(x+side*s/2, y+s*45/100, x+side*s, y).close()
	p.move(x+side*s/5, y-s/4).line(x-side*s*2/10, y-s*48/100).line(x-side*s*3/10, y-s/5).close()
}

// weed is kelp swaying from the bottom.
func (c *canvas) weed(line []point, count, tall int, color rgb) {
	p := new(path)
	for range count {
		root := c.n(width)
		for range 4 {
			x := root + c.in(-260, 260)
			y, h, sway := heightAt(line, min(max(x, 0), width))+150, tall*c.in(60, 150)/100, c.in(60, 190)*c.sign()
			p.move(x-40, y).curve(x-40+sway, y-h/3, x-sway, y-h*2/3, x+sway, y-h).curve(x-sway+60, y-h*2/3, x+sway+60, y-h/3, x+50, y).close()
		}
	}
	c.fill(p, solid(color), 92)
}

// coral is fans and knobs in the mood's accents.
func (c *canvas) coral(line []point, count, size, depth int) {
	m := &c.mood
	var branches, knobs [2]path
	for range count {
		x := c.n(width)
		y, k := heightAt(line, x)+60, c.n(2)
		s := size * c.in(70, 150) / 100
		if c.chance(50) {
			for i := range 7 {
				a := 250 + i*220 + c.in(-70, 70)
				ex, ey := x+s*3*cos(a)/unit/2, y-s*2*sin(a)/unit
				branches[k].move(x, y+60).bend(x+(ex-x)/4, y-s, ex, ey).move((x+ex)/2, (y+ey)/2-s/5).line(ex-s/4, ey+s/6)
			}
		} else {
			for range 9 {
				knobs[k].disc(x+c.mid(-s, s), y-c.n(s), s*c.in(22, 48)/100)
			}
		}
	}
	for k := range 2 {
		hue := mix(m.accents[k], mix(m.sky[0], m.land[2], 50), 50-14*depth)
		shaded := c.upright(stop{0, mix(hue, m.glow, 24), 100}, stop{100, mix(hue, m.land[2], 42), 100})
		c.stroke(&branches[k], shaded, size/5, 100)
		c.fill(&knobs[k], shaded, 100)
	}
}
