package album

// wings is a butterfly that sits at (x, y) with its wings open; s is the length
// of a wing.
func (c *canvas) wings(x, y, s, side int) {
	m := &c.mood
	color, edge := mix(0xf08a24, m.accents[0], 50), mix(m.land[2], black, 25)
	if m.dark {
		color = mix(color, m.land[1], 32)
	}
	for _, half := range [2]int{-side, side} { // the far wings first
		wide := 100
		if half != side {
			wide = 74
		}
		px := func(v int) int { return x + half*v*s*wide/100000 }
		py := func(v int) int { return y - v*s/1000 }
		shape := func(p paint, alpha int, xy ...int) { c.fill(new(path).closed(pointsOf(xy, px, py)), p, alpha) }
		inside := c.radial(x, y, s*11/10, stop{0, mix(color, m.land[2], 30), 100}, stop{35, color, 100}, stop{100, mix(color, m.glow, 40), 100})
		shape(solid(edge), 100, 10, 60, 10, 60, 180, 60, 520, 30, 700, -140, 720, -330, 600, -500, 400, -540, 200, -440, 60, -200, 10, -30, 10, -30)
		shape(inside, 100, 40, 30, 40, 30, 220, 20, 480, -10, 620, -160, 630, -310, 530, -430, 390, -450, 230, -370, 100, -170, 40, -30, 40, -30)
		shape(solid(edge), 100, 10, 60, 10, 60, 130, 330, 400, 700, 720, 880, 900, 870, 960, 720, 900, 430, 740, 160, 560, 20, 260, -10, 10, 0, 10, 0)
		shape(inside, 100, 50, 70, 50, 70, 170, 320, 420, 650, 690, 790, 800, 760, 830, 650, 780, 430, 650, 210, 510, 80, 270, 40, 60, 30, 60, 30)
		veins := new(path)
		for _, v := range [][2]int{{690, 760}, {800, 600}, {740, 380}, {580, 150}, {590, -180}, {520, -380}, {350, -430}, {190, -320}} {
			veins.move(px(60), py(30)).bend(px(v[0]/2-v[1]/9), py(v[1]/2+v[0]/9), px(v[0]), py(v[1]))
		}
		c.stroke(veins, solid(edge), s/70, 85)
		spots := new(path)
		for _, v := range [][2]int{{760, 850}, {870, 790}, {915, 660}, {880, 500}, {810, 340}, {690, 170}, {680, -200}, {655, -350}, {560, -470}, {420, -500}, {270, -450}} {
			spots.dot(px(v[0]), py(v[1]))
		}
		c.stroke(spots, solid(mix(m.light(), color, 15)), s/26, 95)
	}
	body := new(path).limb([]point{{x - side*s/60, y + s*36/100}, {x, y}, {x + side*s/50, y - s*20/100}}, s/36, s/22)
	body.disc(x+side*s/40, y-s*26/100, s/20)
	c.fill(body, solid(edge), 100)
	feelers := new(path)
	for _, d := range [2]int{-1, 1} {
		feelers.move(x+side*s/40, y-s*28/100).bend(x+d*s/12, y-s*48/100, x+d*s*20/100, y-s*62/100)
	}
	c.stroke(feelers, solid(edge), s/80, 100)
	c.fill(new(path).disc(x-s*20/100, y-s*62/100, s/50).disc(x+s*20/100, y-s*62/100, s/50), solid(edge), 100)
}
