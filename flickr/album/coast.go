package album

var coastTitles = []string{
	"The keeper's evening", "Three flashes, then dark", "Last rock before open water", "Lamp and tide",
	"Weather from the west", "Gulls know first", "Foam line", "The light is on",
}

// drawCoast: a cliff running out to sea with a lighthouse on it, surf below.
func drawCoast(c *canvas) {
	m := &c.mood
	horizon := c.in(5500, 5900)
	c.skyTo(horizon)
	side := c.sign()
	sun := c.sunAt(middle-side*c.in(1200, 3200), horizon-c.in(100, 2400), c.in(340, 560))
	c.streaks(c.in(4, 7), 1000, horizon-400)
	c.headland(horizon)
	c.water(horizon, height, sun)
	c.swell(horizon)
	x := middle + side*c.in(300, 1000)
	top := horizon - c.in(900, 1300)
	if m.dark || m.sky[0].luma() < 70 {
		c.beam(x, top-2350, side)
	}
	c.cliff(x, top, side)
	c.lighthouse(x, top+60, 2300)
	c.birds(x-side*c.in(1200, 2300), top-c.in(200, 1200), c.in(4, 8), 140)
}

// cliff falls from the light's foot towards the middle of the picture and
// rises to the edge behind it; its faces are banded, its foot white with surf.
func (c *canvas) cliff(x, top, side int) {
	m := &c.mood
	px := func(d int) int { return x + side*d }
	edge := []point{{px(-1500), 8500}, {px(-1350), 8050}, {px(-1120), 7700}, {px(-1040), 7150}, {px(-820), 6800}, {px(-760), top + 700}, {px(-560), top + 330}, {px(-420), top + 60}}
	for d := 0; d < 10500; d += 700 {
		edge = append(edge, point{px(d), top - d/18 - c.in(-70, 150)})
	}
	edge = append(edge, point{px(11000), top - 700}, point{px(11000), height + 100}, point{px(2600), height + 100},
		point{px(1900), 9500}, point{px(700), 9150}, point{px(-200), 8900}, point{px(-900), 8650})
	for i := 1; i < 8; i++ {
		edge[i].x += c.in(-60, 60)
		edge[i].y += c.in(-60, 60)
	}
	rock := m.tone(80)
	c.fill(new(path).move(edge[0].x, edge[0].y).lines(edge[1:]).close(),
		c.vertical(top-600, 9300, stop{0, mix(rock, m.glow, 14), 100}, stop{35, rock, 100}, stop{100, m.tone(97), 100}), 100)
	faces := new(path)
	for range 15 {
		d, y := c.in(-600, 7500), top+c.in(350, 2600)
		w := c.in(120, 420)
		faces.move(px(d), y).line(px(d+w), y+c.in(60, 200)).line(px(d+w*6/10), y+c.in(500, 1100)).line(px(d-w/2), y+c.in(700, 1500)).close()
	}
	c.fill(faces, solid(mix(rock, m.glow, 28)), 24)
	turf := new(path).move(edge[6].x, edge[6].y).lines(edge[7:23])
	for i := 22; i >= 7; i-- {
		turf.line(edge[i].x, edge[i].y+130+c.n(190))
	}
	c.fill(turf.close(), solid(mix(m.tone(62), m.glow, 10)), 100)
	surf := new(path)
	for i := range 44 {
		d := -1700 + i*105
		y := 8560 + max(0, d+900)*28/100
		surf.lens(px(d)+c.in(-150, 150), y+c.in(-130, 210), c.in(120, 520), c.in(18, 60))
	}
	c.fill(surf, solid(m.light()), 62)
	rocks := new(path)
	for range 7 {
		d, s := c.in(-3300, -1500), c.in(90, 330)
		y := 8500 + c.n(600)
		rocks.move(px(d-s), y).line(px(d-s/2), y-s*7/10).line(px(d+s/4), y-s).line(px(d+s*8/10), y-s/3).line(px(d+s), y).close()
		surfLine := new(path).lens(px(d), y+20, s*14/10, 34)
		c.fill(surfLine, solid(m.light()), 55)
	}
	c.fill(rocks, solid(m.tone(92)), 100)
}

// lighthouse stands with its foot at (x, y): a tapering tower with two bands,
// a gallery, and the lamp.
func (c *canvas) lighthouse(x, y, tall int) {
	m := &c.mood
	wall := mix(m.light(), m.tone(50), 14)
	if m.dark {
		wall = mix(m.light(), m.tone(50), 40)
	}
	band := mix(m.accents[1], m.land[2], 20)
	half := func(h int) int { return 250 - 110*h/tall } // at height h
	section := func(from, to int, color rgb) {
		a, b := half(from), half(to)
		p := new(path).move(x-a, y-from).line(x-b, y-to).line(x+b, y-to).line(x+a, y-from).close()
		c.fill(p, c.linear(x-250, 0, x+250, 0, stop{0, mix(color, white, 12), 100}, stop{45, color, 100}, stop{100, mix(color, m.land[2], 58), 100}), 100)
	}
	body := tall * 80 / 100
	section(-60, body, wall)
	section(body*22/100, body*42/100, band)
	section(body*64/100, body*84/100, band)
	dark := solid(m.tone(95))
	c.fill(new(path).box(x-70, y-260, 110, 280).box(x-30, y-body*52/100, 60, 110), dark, 90)
	c.fill(new(path).box(x-235, y-body-70, 470, 80).box(x-215, y-body-190, 16, 120).box(x+200, y-body-190, 16, 120).box(x-215, y-body-200, 430, 18), dark, 100)
	lamp := mix(m.accents[2], white, 45)
	ly := y - body - 220
	c.circle(x, ly, 1100, c.radial(x, ly, 1100, stop{0, lamp, 90}, stop{25, lamp, 32}, stop{100, lamp, 0}), 80)
	c.fill(new(path).box(x-105, y-body-370, 210, 300), solid(lamp), 100)
	c.fill(new(path).box(x-9, y-body-370, 18, 300), dark, 80)
	c.fill(new(path).move(x-170, y-body-360).bend(x-110, y-body-560, x, y-body-600).bend(x+110, y-body-560, x+170, y-body-360).close().
		box(x-10, y-body-760, 20, 180), solid(mix(band, m.land[2], 30)), 100)
}

// beam is the light's arm over the sea, on both sides.
func (c *canvas) beam(x, y, side int) {
	lamp := mix(c.mood.accents[2], white, 40)
	arm := func(side, reach, alpha int) {
		p := new(path).move(x, y-30).line(x+side*reach, y-reach/9).line(x+side*reach, y+reach/12).line(x, y+30).close()
		c.fill(p, c.linear(x, 0, x+side*reach, 0, stop{0, lamp, alpha}, stop{35, lamp, alpha / 3}, stop{100, lamp, 0}), 100)
	}
	arm(-side, 9500, 62)
	arm(side, 6500, 40)
}
