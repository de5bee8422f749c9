package album

var viaductTitles = []string{
	"The 7:04, on time", "Nine arches", "Steam over the valley", "Window seat, left side",
	"Between two tunnels", "Whistle, echo", "Third class, best view", "The branch line",
}

// drawViaduct: a steam train on a viaduct across a valley.
func drawViaduct(c *canvas) {
	c.ground(grass, 25)
	m := &c.mood
	c.skyTo(6400)
	sun := c.sunAt(c.in(centreLeft, centreRight), c.in(1700, 3400), c.in(380, 600))
	c.streaks(c.in(3, 5), 900, 4200)
	if c.chance(50) {
		c.massif(sun, 6700)
	}
	c.ranges(3, 5200, 6600, 8, 34)
	for i := range 2 {
		line := c.rolling(6900+i*500, 300, 4200)
		c.pines(line, 40-10*i, 560+200*i, 30, solid(m.tone(44+10*i)))
		c.fill(hill(line, height), c.vertical(6600+i*500, 8800, stop{0, mix(m.tone(42+10*i), m.haze(), 26), 100}, stop{100, m.tone(60 + 8*i), 100}), 100)
	}
	c.mist(7900, 900, m.haze(), 46)
	deck, side := c.in(5600, 5900), c.sign()
	x := middle + side*c.in(200, 900)
	c.train(x, deck, side)
	c.pillars(deck)
	for i := range 2 {
		line := skyline(9050+i*520, 300, func(at int) int { return abs(at-middle)*abs(at-middle)/(34000+i*9000) + c.n(140) })
		c.pines(line, 26-8*i, 1000+500*i, 90, solid(m.tone(80+12*i)))
		c.fill(hill(line, height), c.vertical(7600, height, stop{0, m.tone(72 + 10*i), 100}, stop{100, m.tone(90 + 8*i), 100}), 100)
	}
}

// pillars is the viaduct below its deck.
func (c *canvas) pillars(deck int) {
	m := &c.mood
	stone := mix(m.tone(58), m.glow, 26)
	if m.dark {
		stone = mix(m.tone(48), m.glow, 8)
	}
	const pitch, half = 1800, 640
	p := new(path).move(-300, deck).line(width+300, deck)
	p.line(width+300, height)
	for x := width + 200; x > -pitch; x -= pitch {
		// From the right: down the pillar, then over the arch to the left.
		p.line(x, height).line(x, deck+330+half)
		p.numbers('a', half, half, 0, 0, 0, -2*half, 0)
		p.x -= 2 * half
		p.line(x-2*half, height)
	}
	p.line(-300-pitch, height).line(-300-pitch, deck).close()
	c.fill(p, c.vertical(deck, 9600, stop{0, mix(stone, m.glow, 12), 100}, stop{60, mix(stone, m.land[2], 26), 100}, stop{100, mix(stone, m.haze(), 20), 100}), 100)
	shade := new(path)
	for x := width + 200; x > -pitch; x -= pitch {
		shade.box(x-2*half-(pitch-2*half), deck+330+half, 170, 3600)
	}
	c.fill(shade, solid(m.land[2]), 22)
	c.fill(new(path).box(-100, deck-60, width+200, 110).box(-100, deck+150, width+200, 40), solid(mix(stone, m.land[2], 45)), 100)
}

// train is an engine with its foot at (x, y) and its carriages behind it.
func (c *canvas) train(x, y, side int) {
	m := &c.mood
	y -= 60
	at := func(d int) int { return x + side*d }
	iron := solid(mix(m.land[2], m.tone(80), 25))
	coach := mix(m.accents[1], m.tone(70), 35)
	lit := mix(m.accents[2], m.sun, 40)
	panes, wheels := new(path), new(path)
	one := c.newStamp(func() {
		const l, y = -695, 0
		c.fill(new(path).box(l, y-620, 1390, 500), c.vertical(y-620, y-120, stop{0, mix(coach, m.glow, 22), 100}, stop{100, mix(coach, m.land[2], 40), 100}), 100)
		c.fill(new(path).move(l-30, y-600).bend(l+695, y-760, l+1420, y-600).close().box(l-60, y-190, 1510, 70), iron, 100)
		for k := range 6 {
			panes.box(l+90+k*210, y-510, 140, 170)
		}
		for _, d := range []int{180, 420, 970, 1210} {
			wheels.disc(l+d, y-80, 86)
		}
		c.fill(panes, solid(lit), 90)
		c.fill(wheels, iron, 100)
	})
	for i := range 4 {
		c.put(one, at(-1995-i*1480), y, 100, 1)
	}
	wheels = new(path)
	c.engine(at, y, iron, wheels)
	c.fill(wheels, iron, 100)
	steam := new(path)
	for i := range 11 {
		steam.disc(at(620-i*i*26-i*110)+c.in(-60, 60), y-1180-i*105+c.in(-90, 90), 130+i*46+c.n(60))
	}
	c.fill(steam, c.vertical(y-3000, y-1000, stop{0, m.light(), 22}, stop{100, m.light(), 88}), 72)
}

func (c *canvas) engine(at func(int) int, y int, iron paint, wheels *path) {
	m := &c.mood
	between := func(a, b, top, foot int) *path {
		l, r := min(at(a), at(b)), max(at(a), at(b))
		return new(path).box(l, y-top, r-l, top-foot)
	}
	boiler := mix(m.land[2], m.accents[0], 20)
	c.fill(between(-1180, -760, 560, 110), iron, 100)                                                                                                            // tender
	c.fill(between(-640, -180, 860, 120), solid(mix(boiler, m.land[2], 25)), 100)                                                                                // cab
	c.fill(between(-720, -120, 930, 850), iron, 100)                                                                                                             // its roof
	c.fill(between(-200, 820, 660, 240), c.vertical(y-660, y-240, stop{0, mix(boiler, m.glow, 32), 100}, stop{45, boiler, 100}, stop{100, m.land[2], 100}), 100) // boiler
	c.fill(between(560, 700, 980, 640), iron, 100)                                                                                                               // chimney
	c.fill(between(520, 740, 1010, 940), iron, 100)
	c.fill(between(140, 330, 760, 640), iron, 100) // dome
	c.fill(between(-700, 960, 260, 170), iron, 100)
	c.fill(between(-540, -300, 780, 560), solid(mix(m.accents[2], m.sun, 40)), 85)
	c.fill(new(path).move(at(860), y-200).line(at(1120), y-20).line(at(860), y-20).close(), iron, 100)
	for _, d := range []int{-1090, -880, -420, -60, 300} {
		wheels.disc(at(d), y-130+40*b2i(d < -700), 150-60*b2i(d < -700))
	}
	wheels.disc(at(700), y-84, 88)
}
