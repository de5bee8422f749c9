package album

var lanternTitles = []string{
	"A wish each", "Let go together", "The lake keeps a copy", "Paper and a small flame",
	"Higher than the ridge", "Everyone looks up", "Warm air", "The last ones leave",
}

// drawLanterns: paper lanterns rising from a lake between mountains, always at
// night.
func drawLanterns(c *canvas) {
	if !c.mood.dark {
		c.mood = c.mood.in(night)
	}
	m := &c.mood
	shore := c.in(6700, 7100)
	c.skyTo(shore)
	c.beginMirror()
	c.shoreRanges(shore)
	line := c.rolling(shore-220, 160, 3400)
	c.pines(line, 90, 430, 40, solid(m.tone(72)))
	c.fill(hill(line, shore), solid(m.tone(74)), 100)
	for range 46 { // far away there are only lights
		c.farLantern(c.n(width), shore-400-c.n(5600), c.in(26, 60))
	}
	x := c.mid(centreLeft+1000, centreRight-1000)
	paper := [2]stamp{c.newStamp(c.lantern), c.newStamp(c.lantern)}
	hang := func(x, y, r int) { c.put(paper[c.n(2)], x, y, r/4, c.sign()) }
	for range 15 {
		hang(x+c.mid(-6200, 6200), c.in(900, shore-900), c.in(130, 240))
	}
	c.endMirror(shore, light{x, shore - 2000, 300})
	side := c.sign()
	hang(x+side*c.in(1100, 1500), c.in(3500, 4300), c.in(420, 500))
	hang(x-side*c.in(700, 1300), c.in(2000, 2900), c.in(560, 640))
	hang(x+side*c.in(3300, 4800), c.in(1500, 3000), c.in(340, 430))
	hang(x-side*c.in(3600, 5200), c.in(3000, 4700), c.in(360, 460))
	hang(x+side*c.in(0, 600), c.in(5300, 5800), c.in(300, 360))
	c.candles(shore)
}

// flame is the light of a small fire behind paper: warm, with some of the mood.
func (c *canvas) flame() rgb { return mix(0xffb454, c.mood.accents[0], 30) }

func (c *canvas) farLantern(x, y, r int) {
	c.circle(x, y, r*2, solid(c.flame()), 22)
	c.circle(x, y, r*6/10, solid(mix(c.flame(), white, 40)), 85)
}

// lantern is a bag of paper around the origin, lit from below.
func (c *canvas) lantern() {
	const x, y, r = 0, 0, 400
	warm := c.flame()
	c.circle(x, y, r*4, c.radial(x, y, r*4, stop{0, warm, 55}, stop{30, warm, 22}, stop{100, warm, 0}), 100)
	lean := r * c.in(-12, 12) / 100
	top, foot := y-r*13/10, y+r*11/10
	bag := new(path).move(x-r*6/10, foot).bend(x-r*9/10+lean, y, x-r+lean, y-r*6/10).curve(x-r+lean, top-r/5, x+r+lean, top-r/5, x+r+lean, y-r*6/10).
		bend(x+r*9/10+lean, y, x+r*6/10, foot).bend(x, foot+r/6, x-r*6/10, foot)
	deep := mix(warm, 0xb2381a, 55)
	c.fill(bag, c.vertical(top, foot, stop{0, deep, 96}, stop{45, warm, 98}, stop{85, mix(warm, white, 60), 100}, stop{100, mix(warm, white, 25), 100}), 100)
	c.fill(new(path).move(x-r/5, foot).bend(x-r*4/10+lean, y, x-r*3/10+lean, top+r/8).line(x+r*3/10+lean, top+r/8).bend(x+r*4/10+lean, y, x+r/5, foot).close(), solid(mix(warm, white, 50)), 26)
	c.stroke(new(path).move(x-r*6/10, foot).bend(x, foot+r/6, x+r*6/10, foot), solid(deep), max(r/14, 8), 90)
}

// candles are small lights that drift on the near water.
func (c *canvas) candles(shore int) {
	warm := c.flame()
	candle := c.newStamp(func() {
		const r = 100
		c.circle(0, -r/2, r*5, c.radial(0, -r/2, r*5, stop{0, warm, 40}, stop{100, warm, 0}), 100)
		c.fill(new(path).lens(0, r*7/10, r*14/10, r/4).lens(0, r*14/10, r, r/5).lens(0, r*22/10, r/2, r/6), solid(warm), 60)
		c.fill(new(path).box(-r*6/10, -r, r*12/10, r*14/10), c.vertical(-r, r/2, stop{0, warm, 95}, stop{100, mix(warm, white, 55), 100}), 100)
		c.fill(new(path).lens(0, r/2, r*12/10, r/4), solid(c.mood.tone(90)), 100)
	})
	for i := range 9 {
		y := shore + 350 + i*i*32 + c.n(160)
		r := 34 + (y-shore)/26
		x := (i*7%9)*width/9 + c.in(200, 1500)
		c.put(candle, x, y, r, 1)
	}
}
