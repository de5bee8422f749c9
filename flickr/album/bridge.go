package album

var bridgeTitles = []string{
	"Across before the fog", "Cables, humming", "Tower to tower", "The strait at slack tide",
	"Toll paid in light", "Between two towns", "Held up by a curve", "First car over",
}

// drawBridge: a suspension bridge over a strait, hills and a town behind it.
func drawBridge(c *canvas) {
	m := &c.mood
	shore := c.in(6700, 7000)
	c.skyTo(shore)
	sun := c.sunAt(c.mid(centreLeft, centreRight), c.in(2300, 4600), c.in(420, 700))
	c.streaks(c.in(3, 6), 900, 4600)
	c.shoreRanges(shore)
	c.mist(shore-300, 900, m.haze(), 55)
	c.water(shore, height, sun)
	c.swell(shore)
	side := c.sign()
	c.span(middle+side*c.in(500, 1300), shore, side)
	c.bluff(shore, side)
	if c.chance(60) {
		c.sailboat(middle-side*c.in(300, 1500), shore+c.in(700, 1300))
	}
	c.birds(middle-side*c.in(200, 1800), c.in(2600, 3900), c.in(3, 7), 130)
	c.mist(shore+150, 600, m.haze(), 30)
}

// span is the bridge: the near tower at x, the far one to the side it leads to.
func (c *canvas) span(x, water, side int) {
	m := &c.mood
	steel := mix(mix(0xb8452c, m.accents[1], 35), m.tone(70), 22)
	if c.hue {
		steel = mix(m.accents[1], m.tone(75), 35)
	}
	if m.dark {
		steel = mix(steel, m.land[1], 55)
	}
	far := mix(steel, m.haze(), 38)
	deck := water - 900
	fx := x - side*5200
	cable, ropes := new(path), new(path)
	hang := func(ax, atop, bx, btop, low int) {
		cable.move(ax, atop).bend((ax+bx)/2, 2*low-(atop+btop)/2, bx, btop)
		for i := 1; i < 26; i++ {
			t := i * 1000 / 26
			y := (atop*(1000-t)/1000*(1000-t) + 2*(2*low-(atop+btop)/2)*t/1000*(1000-t) + btop*t/1000*t) / 1000
			px := ax + (bx-ax)*t/1000
			ropes.move(px, y).line(px, deck-(px-x)*side*10/1000)
		}
	}
	hang(x, deck-3300, fx, deck-2500, deck-330)
	hang(x, deck-3300, x+side*8200, deck-400, deck-1200)
	hang(fx, deck-2500, fx-side*4200, deck-80, deck-900)
	c.stroke(ropes, solid(mix(steel, m.haze(), 25)), 11, 70)
	c.stroke(cable, solid(steel), 40, 100)
	line := new(path).move(x+side*9500, deck-95-60).line(fx-side*7500, deck+60).line(fx-side*7500, deck+150).line(x+side*9500, deck+130).close()
	c.fill(line, c.linear(fx, 0, x, 0, stop{0, far, 100}, stop{100, steel, 100}), 100)
	c.pylon(fx, deck-2500, water+60, 150, far)
	c.pylon(x, deck-3300, water+160, 210, steel)
	image := new(path)
	for i := range 12 {
		image.lens(x+c.in(-60, 60), water+300+i*170, 260-i*14, 26)
		if i < 7 {
			image.lens(fx+c.in(-40, 40), water+160+i*110, 170-i*14, 18)
		}
	}
	c.fill(image, solid(mix(steel, m.land[2], 45)), 45)
	lamps := new(path)
	for i := range 22 {
		lx := x + side*(i-15)*620
		lamps.dot(lx, deck-150-(lx-x)*side*14/1000)
	}
	c.stroke(lamps, solid(mix(m.accents[0], m.sun, 60)), 46, 85)
}

// pylon is one tower: two legs with cross beams.
func (c *canvas) pylon(x, top, foot, w int, color rgb) {
	p := new(path).box(x-w*2, top, w*9/10, foot-top).box(x+w*11/10, top, w*9/10, foot-top)
	for i := range 4 {
		p.box(x-w*2, top+w/2+i*(foot-top)*22/100, w*4, w*8/10)
	}
	p.box(x-w*28/10, foot-w*14/10, w*56/10, w*14/10)
	c.fill(p, c.vertical(top, foot, stop{0, mix(color, c.mood.glow, 16), 100}, stop{100, mix(color, c.mood.land[2], 35), 100}), 100)
}

// bluff is the near shore in the corner where the bridge lands.
func (c *canvas) bluff(shore, side int) {
	m := &c.mood
	line := skyline(shore+1700, 260, func(at int) int {
		d := side*(at-middle) - 2600
		return min(d*52/100, 2300+d/14) + c.n(120)
	})
	c.pines(line, 34, 900, 100, solid(m.tone(92)))
	c.fill(hill(line, height+3000), c.vertical(shore-900, height, stop{0, m.tone(82), 100}, stop{100, m.tone(98), 100}), 100)
}
