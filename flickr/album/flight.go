package album

var flightTitles = []string{
	"Seat 14A", "Above the weather", "Cruising, quietly", "The contrail is ours",
	"Two hours from anywhere", "Wing and morning", "Below us, presumably, land", "Descending into gold",
}

var cloudTitles = []string{
	"Castles, briefly", "Looking up since noon", "A slow procession", "Cotton and shade",
	"Nothing holds them", "The tall one", "Shapes, no names", "Drifting east",
}

// drawFlight: an airliner above a sea of clouds.
func drawFlight(c *canvas) {
	m := &c.mood
	c.skyTo(7600)
	c.sunAt(c.mid(centreLeft, centreRight), c.in(4800, 6000), c.in(480, 800))
	c.streaks(c.in(3, 5), 700, 4200)
	c.cloudSea(6300)
	x, y, side := c.mid(centreLeft+700, centreRight-700), c.in(2500, 3500), c.sign()
	s := c.in(1700, 2000)
	trail := mix(m.light(), m.sky[2], 20)
	for _, d := range [2]int{-14, 8} {
		c.fill(new(path).move(x-side*s*4/10, y+s*d/100).line(x-side*11000, y+2600+s*d/60-160).line(x-side*11000, y+2600+s*d/60+220).close(),
			c.linear(x-side*s/2, 0, x-side*9000, 0, stop{0, trail, 70}, stop{100, trail, 0}), 80)
	}
	c.airliner(x, y, s, side)
}

// cloudSea is banks of cloud from the height top down, each with light on its
// upper edge.
func (c *canvas) cloudSea(top int) {
	m := &c.mood
	lit := mix(m.light(), m.sky[3], 25)
	if m.dark {
		lit = mix(m.sky[3], m.glow, 14)
	}
	for i := range 5 {
		y := top + i*i*95 + i*330
		r := 330 + i*150
		p := new(path)
		for x := -r; x < width+r; x += r * c.in(60, 100) / 100 {
			p.disc(x, y+c.in(0, r/2)+r/3, r*c.in(55, 105)/100)
		}
		p.box(-100, y+r*6/10, width+200, height)
		shade := mix(mix(m.sky[2], m.sky[1], 14*i), m.land[1], 10*i)
		c.fill(p, c.vertical(y-r, y+r*26/10, stop{0, mix(lit, m.glow, 30-7*i), 100}, stop{40, mix(lit, shade, 30+10*i), 100}, stop{100, shade, 100}), 96)
	}
}

// airliner flies up to the side, seen from there; s is half its length.
func (c *canvas) airliner(x, y, s, side int) {
	m := &c.mood
	px := func(d int) int { return x + side*d*s/1000 }
	py := func(dx, d int) int { return y - (d+dx*24/100)*s/1000 } // it climbs
	shape := func(p paint, xy ...int) {
		for i := 0; i < len(xy); i += 2 {
			xy[i], xy[i+1] = px(xy[i]), py(xy[i], xy[i+1])
		}
		points := make([]point, 0, len(xy)/2)
		for i := 0; i < len(xy); i += 2 {
			points = append(points, point{xy[i], xy[i+1]})
		}
		c.fill(new(path).closed(points), p, 100)
	}
	skin, tail := mix(m.light(), m.sky[1], 12), mix(m.accents[0], m.land[2], 12)
	if m.dark {
		skin, tail = mix(skin, m.land[1], 45), mix(tail, m.land[1], 45)
	}
	shadow := mix(skin, m.land[2], 42)
	shape(solid(mix(shadow, m.sky[1], 20)), 60, 40, 60, 40, -170, 330, -170, 330, -260, 330, -260, 330, -160, 30, -160, 30) // far wing
	shape(solid(tail), -820, 60, -820, 60, -985, 350, -985, 350, -860, 350, -860, 350, -640, 80, -640, 80)
	shape(c.vertical(y-s*3/10, y+s*3/10, stop{0, mix(skin, m.glow, 40), 100}, stop{50, skin, 100}, stop{100, shadow, 100}),
		-990, 70, -800, 82, -300, 90, 500, 86, 760, 72, 930, 20, 985, -22, 930, -62, 700, -86, 0, -92, -420, -70, -800, 20)
	shape(solid(mix(tail, m.land[2], 25)), -840, 40, -840, 40, -1040, 130, -1040, 130, -960, 130, -960, 130, -690, 20, -690, 20)
	band := new(path)
	for i := range 22 {
		d := -560 + i*54
		band.dot(px(d), py(d, 22))
	}
	c.stroke(band, solid(mix(m.sky[0], m.land[2], 40)), s/42, 85)
	shape(solid(mix(m.sky[0], m.land[2], 40)), 830, 40, 830, 40, 890, 22, 890, 22, 870, -2, 870, -2, 800, 8, 800, 8)
	shape(c.linear(px(0), 0, px(-460), 0, stop{0, shadow, 100}, stop{100, mix(shadow, m.land[2], 30), 100}), 130, -30, 130, -30, -330, -420, -330, -420, -440, -420, -440, -420, -130, -40, -130, -40)
	shape(solid(mix(shadow, m.land[2], 40)), 40, -150, 60, -190, 40, -235, -100, -240, -140, -200, -110, -150)
}

// drawClouds: heaped clouds over low hills.
func drawClouds(c *canvas) {
	c.ground(grass, 45)
	m := &c.mood
	c.skyTo(8600)
	c.sunAt(c.in(centreLeft-1500, centreRight+1500), c.in(1700, 3300), c.in(380, 600))
	var heaps [4]stamp
	for i := range heaps {
		heaps[i] = c.newStamp(c.heap)
	}
	heap := func(x, y, w int) { c.put(heaps[c.n(4)], x, y, w/20, c.sign()) }
	for i := range 4 {
		y := 7600 - i*1250
		for range 3 - i/2 {
			heap(c.n(width), y+c.in(-300, 300), 900+i*420+c.n(500))
		}
	}
	x, side := c.mid(centreLeft+800, centreRight-800), c.sign()
	heap(x+side*900, c.in(5600, 6100), c.in(3700, 4300))
	heap(x-side*c.in(2900, 3900), c.in(4300, 5000), c.in(2200, 2700))
	for i := range 3 {
		line := c.rolling(8500+i*430, 230, 5200)
		c.pines(line, 46-14*i, 260+120*i, 20, solid(m.tone(50+16*i)))
		c.fill(hill(line, height), c.vertical(8200+i*400, height, stop{0, mix(m.tone(46+16*i), m.glow, 16), 100}, stop{100, m.tone(66 + 14*i), 100}), 100)
	}
	c.birds(x-side*1500, c.in(6600, 7300), c.in(4, 7), 120)
}

// heap is a great cumulus with a flat base: shade first, then its lit billows.
func (c *canvas) heap() {
	const x, y, w, alpha = 0, 0, 2000, 96
	m := &c.mood
	top, base := m.light(), mix(m.sky[1], m.sky[3], 55)
	if m.dark {
		top, base = mix(m.sky[3], m.glow, 22), mix(m.sky[1], m.sky[2], 60)
	}
	billows := func(up, share int) *path {
		p, half := new(path), w*44/100*share/100
		for i := range 13 {
			t := i*1000/12*2 - 1000 // from the left end to the right
			arc := (1000000 - t*t) / 1000
			r := w*c.in(7, 10)/100 + w*arc/1000*c.in(3, 8)/100
			r = r * share / 100
			p.disc(x+half*t/1000, y-up-r-w*arc/1000*c.in(12, 30)/100, r)
			p.disc(x+half*t*9/10000, y-up-r*8/10, r*8/10)
		}
		for _, d := range [3]int{-5, 0, 5} { // no sky shows between billows
			p.disc(x+half*d/10, y-up-w*13/100, w*12/100*share/100)
		}
		return p.box(x-half, y-up-w/9, 2*half, w/9)
	}
	c.fill(billows(0, 100), c.vertical(y-w*45/100, y, stop{0, mix(top, base, 20), 100}, stop{75, base, 100}, stop{100, mix(base, m.sky[2], 40), 80}), alpha)
	c.fill(billows(w/14, 82), c.vertical(y-w*50/100, y-w/14, stop{0, top, 100}, stop{55, mix(top, base, 30), 90}, stop{100, base, 0}), alpha)
}
