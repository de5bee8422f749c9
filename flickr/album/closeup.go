package album

var birdTitles = []string{
	"One note, twice", "Between two errands", "The usual branch", "Small coat, big voice",
	"Gone before the shutter", "Seeds yesterday", "Puffed against the cold", "It knows you are there",
}

var butterflyTitles = []string{
	"A minute on the thistle", "Wings, folded and not", "Pollen count", "Hold your breath",
	"The garden at arm's length", "Weighs nothing", "Velvet and dust", "Third flower today",
}

// blur is a background out of focus: soft discs of the mood's colours.
func (c *canvas) blur() {
	m := &c.mood
	c.rect(0, 0, width, height, c.linear(0, 0, width*6/10, height, stop{0, m.sky[2], 100}, stop{45, mix(m.sky[3], m.tone(30), 30), 100}, stop{100, mix(m.tone(58), m.sky[1], 25), 100}), 100)
	for range 9 {
		x, y, r := c.n(width), c.n(height), c.in(2000, 4200)
		hue := mix(m.tone(c.in(10, 60)), m.accents[c.n(4)], c.in(0, 45))
		c.circle(x, y, r, c.radial(x, y, r, stop{0, hue, 55}, stop{60, hue, 22}, stop{100, hue, 0}), 100)
	}
	lit := mix(m.glow, m.sky[3], 30)
	if m.dark {
		lit = mix(m.glow, m.land[1], 30)
	}
	for range 26 {
		x, y, r := c.n(width), c.n(height*8/10), c.in(180, 620)
		c.circle(x, y, r, solid(mix(lit, m.accents[c.n(4)], c.in(0, 30))), c.in(6, 20))
	}
}

// drawBird: a small bird on a branch, close by.
func drawBird(c *canvas) {
	m := &c.mood
	c.blur()
	side := c.sign()
	x := c.mid(centreLeft+1200, centreRight-1200)
	wood, y := mix(m.tone(90), 0x4a3020, 25), c.in(6700, 7100)
	at := func(d int) int { return x + side*d }
	branch := func(d int) int { return y + 120 - d/14 + d*d/190000 }
	limb := func(p *path, from, thick, to, end int) {
		var points []point
		for i := range 9 {
			d := from + (to-from)*i/8
			points = append(points, point{at(d), branch(d) + c.in(-50, 50)})
		}
		p.limb(points, thick, end)
	}
	p := new(path)
	limb(p, 9600, 330, -3900, 60)
	c.fill(p, c.vertical(y-700, y+1500, stop{0, mix(wood, m.glow, 26), 100}, stop{60, wood, 100}, stop{100, mix(wood, m.land[2], 50), 100}), 100)
	twigs, leaves := new(path), new(path)
	for i := range 9 {
		d := -3700 + i*1150 + c.in(-200, 200)
		if abs(d) < 1300 {
			continue
		}
		up := 1 - 2*(i%2)
		ex, ey := at(d-c.in(500, 1000)), branch(d)-up*c.in(500, 1300)
		twigs.move(at(d), branch(d)).bend(at(d-100), branch(d)-up*500, ex, ey)
		for k := range 3 {
			lx, ly, l := ex+side*k*200, ey+up*k*240, c.in(420, 680)
			leaves.move(lx, ly).bend(lx-side*l/2, ly-up*l*8/10, lx-side*l, ly-up*l/4).bend(lx-side*l/2, ly+up*l/5, lx, ly)
		}
	}
	c.stroke(twigs, solid(wood), 60, 100)
	leaf := mix(m.accents[c.n(2)], m.tone(60), 40)
	if m.dark {
		leaf = mix(leaf, m.land[1], 50)
	}
	c.fill(leaves, c.vertical(y-2600, y+1600, stop{0, mix(leaf, m.glow, 30), 100}, stop{100, mix(leaf, m.land[2], 30), 100}), 96)
	c.songbird(x, branch(0)-210, c.in(2500, 2800), side)
}

// songbird stands on (x, y) and looks to the side.
func (c *canvas) songbird(x, y, s, side int) {
	m := &c.mood
	back, breast, belly := mix(m.tone(72), m.sky[0], 30), mix(0xe0703a, m.accents[0], 45), mix(m.light(), m.tone(40), 12)
	if m.dark {
		back, breast, belly = mix(back, m.land[2], 30), mix(breast, m.land[1], 45), mix(belly, m.land[1], 45)
	}
	px := func(v int) int { return x + side*v*s/1000 }
	py := func(v int) int { return y - v*s/1000 }
	shape := func(p paint, alpha int, xy ...int) {
		c.fill(new(path).closed(pointsOf(xy, px, py)), p, alpha)
	}
	c.figure(figure{limbs: [][]int{{34, 22, 20, 140, 40, 70, 10, -30}, {34, 22, -60, 140, -50, 70, -80, -30}, {22, 16, 10, -30, 90, -50}, {22, 16, -80, -30, 0, -55}}}, x, y, s, side, solid(mix(m.land[2], 0x7a4a2a, 30)))
	shape(solid(mix(back, m.land[2], 35)), 100, -270, 330, -430, 150, -640, -60, -640, -60, -600, -110, -600, -110, -420, 20, -200, 180) // tail
	body := c.linear(px(200), py(700), px(-250), py(50), stop{0, mix(back, m.glow, 30), 100}, stop{60, back, 100}, stop{100, mix(back, m.land[2], 30), 100})
	shape(body, 100, -330, 240, -300, 400, -160, 560, -20, 650, 60, 760, 170, 800, 280, 760, 330, 660, 330, 520, 300, 330, 200, 160, 40, 90, -160, 110)
	shape(c.vertical(py(700), py(80), stop{0, mix(breast, m.glow, 25), 100}, stop{55, breast, 100}, stop{100, belly, 100}), 100,
		335, 640, 290, 690, 210, 660, 150, 560, 120, 420, 60, 260, -60, 140, 60, 92, 200, 160, 300, 330, 330, 520)
	shape(solid(mix(back, m.land[2], 28)), 100, -30, 500, 60, 400, 40, 270, -120, 170, -330, 100, -480, 20, -480, 20, -400, 180, -270, 370, -140, 500)
	feathers := new(path)
	for i := range 4 {
		feathers.move(px(10-i*40), py(300-i*30)).bend(px(-160-i*40), py(200-i*26), px(-330-i*30), py(110-i*14))
	}
	c.stroke(feathers, solid(mix(back, m.glow, 40)), s/110, 60)
	shape(solid(mix(0x3a2c22, m.land[2], 40)), 100, 310, 730, 310, 730, 440, 680, 440, 680, 325, 650, 325, 650)
	c.circle(px(240), py(712), s*27/1000, solid(mix(m.land[2], black, 40)), 100)
	c.circle(px(248), py(720), s*9/1000, solid(white), 95)
}

// drawButterfly: a butterfly on a flower, seen from a hand's breadth.
func drawButterfly(c *canvas) {
	m := &c.mood
	c.blur()
	side := c.sign()
	x, y := c.mid(centreLeft+1400, centreRight-1400), c.in(5900, 6400)
	green := mix(m.tone(66), 0x4d8a4a, 30)
	if m.dark {
		green = mix(green, m.land[2], 40)
	}
	stems := new(path)
	type flower struct{ x, y, r int }
	flowers := []flower{{x - side*3000, y + 1300, 800}, {x + side*3600, y + 700, 650}, {x + side*5600, y - 600, 420}, {x - side*5400, y - 300, 460}}
	for _, f := range flowers {
		stems.limb([]point{{f.x, f.y}, {f.x + c.in(-300, 300), (f.y + height) / 2}, {f.x + c.in(-500, 500), height + 200}}, f.r/9, f.r/7)
	}
	c.fill(stems, solid(mix(green, m.haze(), 25)), 90)
	for _, f := range flowers {
		c.bloom(f.x, f.y, f.r, 26)
	}
	stem := new(path).limb([]point{{x, y + 200}, {x - side*160, y + 2000}, {x + side*100, height + 200}}, 95, 130)
	leaf := new(path).move(x-side*150, y+2500).bend(x+side*900, y+900, x+side*2300, y+1400).bend(x+side*1300, y+2600, x-side*150, y+2500)
	c.fill(stem, solid(green), 100)
	c.fill(leaf, solid(mix(green, m.glow, 12)), 100)
	c.bloom(x, y, 1500, 0)
	c.wings(x+side*120, y-900, c.in(1650, 1850), side)
}

// bloom is one open flower seen from the side and above; veil in percent is
// how far out of focus it is.
func (c *canvas) bloom(x, y, r, veil int) {
	m := &c.mood
	color := m.accents[c.n(4)]
	if m.dark {
		color = mix(color, m.land[1], 40)
	}
	color = mix(color, m.haze(), veil)
	for ring := range 2 {
		p, turn := new(path), c.n(220)
		for i := range 13 {
			a := i*3600/13 + turn + ring*138
			l := r * (100 - 16*ring) / 100
			tx, ty := x+l*cos(a)/unit, y+l*42/100*sin(a)/unit
			wx, wy := r*16/100*sin(a)/unit, r*7/100*cos(a)/unit
			mx, my := x+(tx-x)*7/10, y+(ty-y)*7/10-r/14
			p.move(x, y).bend(mx-wx*2, my+wy*2, tx, ty).bend(mx+wx*2, my-wy*2, x, y)
		}
		c.fill(p, c.vertical(y-r/2, y+r/2, stop{0, mix(color, m.land[2], 26-18*ring), 100}, stop{100, mix(color, white, 14+14*ring), 100}), 100)
	}
	heart := mix(mix(0xe0a32a, m.accents[2], 35), m.haze(), veil)
	if m.dark {
		heart = mix(heart, m.land[1], 40)
	}
	c.ellipse(x, y-r/20, r*30/100, r*17/100, c.gloss(x, y-r/20, r*3/10, heart), 100)
	dots := new(path)
	for range 16 {
		a, d := c.n(3600), c.n(26)
		dots.dot(x+r*d/100*cos(a)/unit, y-r/14+r*d*5/1000*sin(a)/unit)
	}
	c.stroke(dots, solid(mix(heart, m.land[2], 45)), max(r/40, 10), 70)
}
