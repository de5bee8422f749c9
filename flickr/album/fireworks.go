package album

var fireworkTitles = []string{
	"Count to three", "Gold rain", "The big one comes last", "Smoke, then applause",
	"Twice, once upside down", "From the far bank", "Every dog indoors", "Willow and star",
}

// drawFireworks: fireworks over a town by the water, always at night.
func drawFireworks(c *canvas) {
	if !c.mood.dark {
		c.mood = c.mood.in(night)
	}
	m := &c.mood
	quay := c.in(7200, 7500)
	c.skyTo(quay)
	x := c.mid(centreLeft+1100, centreRight-1100)
	side := c.sign()
	c.beginMirror()
	var shells [3]stamp
	for i := range shells {
		shells[i] = c.newStamp(func() { c.shell(c.spark(i), i) })
	}
	c.put(shells[0], x, c.in(2600, 3000), c.in(92, 108), side)
	c.put(shells[1], x+side*c.in(2700, 3500), c.in(3500, 4300), c.in(58, 74), side)
	c.put(shells[2], x-side*c.in(2500, 3400), c.in(3200, 4200), c.in(62, 78), side)
	c.put(shells[1], x-side*c.in(5000, 6200), c.in(2600, 3600), c.in(42, 56), -side)
	c.put(shells[2], x+side*c.in(5400, 6600), c.in(2300, 3300), c.in(44, 58), -side)
	c.rocket(x+side*c.in(900, 1300), quay-300, c.in(1500, 2100))
	line := c.rolling(quay-420, 240, 3800)
	c.fill(hill(line, quay), solid(m.tone(40)), 100)
	c.roofs(quay)
	c.endMirror(quay, light{x, 2800, 300})
}

// spark is the colour of the i-th shell.
func (c *canvas) spark(i int) rgb {
	warm := [3]rgb{0xffd27a, 0xff8a8a, 0x8fd0ff}[i]
	if c.hue {
		warm = c.mood.accents[i]
	}
	return mix(warm, c.mood.accents[(i*2)%4], 30)
}

// shell is one burst around the origin, about 2,000 to each side; the third
// kind droops like a willow.
func (c *canvas) shell(color rgb, kind int) {
	c.circle(0, 0, 2600, c.radial(0, 0, 2600, stop{0, color, 45}, stop{35, color, 16}, stop{100, color, 0}), 100)
	for ring, r := range [3]int{1950, 1350, 760} {
		rays, tips := new(path), new(path)
		count := 34 - ring*9
		for i := range count {
			a := i*3600/count + ring*47 + c.in(-25, 25)
			l := r * c.in(88, 106) / 100
			drop := l * l / 9000 * (1 + kind/2*2)
			ex, ey := l*cos(a)/unit, -l*sin(a)/unit+drop
			sx, sy := ex*38/100, (ey-drop)*38/100
			rays.move(sx, sy).bend(ex*75/100, (ey-drop)*75/100+drop/4, ex, ey)
			tips.dot(ex, ey)
		}
		ink := mix(color, white, 22*ring)
		c.stroke(rays, c.radial(0, 0, r*11/10, stop{30, ink, 10}, stop{75, ink, 80}, stop{100, mix(ink, white, 30), 100}), 24, 90)
		c.stroke(tips, solid(mix(ink, white, 55)), 52, 95)
	}
	c.circle(0, 0, 190, solid(mix(color, white, 80)), 85)
}

// rocket is a trail that still climbs.
func (c *canvas) rocket(x, foot, tall int) {
	color := mix(c.spark(0), white, 30)
	p := new(path).move(x-14, foot-tall).bend(x-60, foot-tall/2, x+140, foot).line(x+170, foot).bend(x+10, foot-tall/2, x+14, foot-tall).close()
	c.fill(p, c.vertical(foot-tall, foot, stop{0, color, 95}, stop{100, color, 0}), 100)
	c.circle(x, foot-tall, 46, solid(white), 95)
}

// roofs is a dark row of houses and towers with a few lit windows.
func (c *canvas) roofs(quay int) {
	m := &c.mood
	walls, lit := new(path), new(path)
	for x := -200; x < width; {
		w, h := c.in(380, 820), c.in(380, 980)
		walls.box(x, quay-h, w+20, h)
		switch c.n(5) {
		case 0:
			walls.move(x, quay-h+5).line(x+w/2, quay-h-w/2).line(x+w, quay-h+5).close()
		case 1:
			walls.box(x+w/3, quay-h-500, w/3, 520).move(x+w/3-30, quay-h-480).line(x+w/2, quay-h-1250).line(x+w*2/3+30, quay-h-480).close()
		case 2:
			walls.disc(x+w/2, quay-h+w/10, w*4/10).box(x+w/2-14, quay-h-w/2-160, 28, 300)
		}
		for range 5 {
			if c.chance(60) {
				lit.box(x+c.in(50, w-110), quay-c.in(130, h-60), 56, 80)
			}
		}
		x += w
	}
	c.fill(walls, c.vertical(quay-1400, quay, stop{0, m.tone(82), 100}, stop{100, m.tone(70), 100}), 100)
	c.fill(lit, solid(mix(m.accents[0], m.accents[2], 40)), 85)
	c.rect(0, quay-60, width, 70, solid(m.tone(92)), 100)
}
