package album

var cabinTitles = []string{
	"Somebody kept the fire in", "Smoke, straight up", "The hut in the pass", "Snowed in, gladly",
	"Warm window", "Boots by the door", "Fresh tracks", "The quiet after",
}

// drawCabin: a hut with lit windows among conifers, under mountains; in snow
// whatever the mood.
func drawCabin(c *canvas) {
	m := &c.mood
	c.skyTo(6400)
	sun := c.sunAt(c.in(centreLeft, centreRight), c.in(1300, 2600), c.in(300, 470))
	c.massif(sun, 6500)
	c.mist(6300, 900, m.haze(), 55)
	drift := m.light()
	if m.dark {
		drift = mix(drift, m.land[1], 35)
	}
	lines := [3][]point{c.rolling(6500, 300, 5200), c.rolling(7500, 320, 6200), c.rolling(9000, 330, 5600)}
	for i, line := range lines {
		if i < 2 {
			c.whitePines(line, 38-12*i, 1050+650*i, 30+45*i, 52+26*i, drift)
		}
		shade := mix(drift, m.tone(60), 16+14*i)
		base := line[0].y
		c.fill(hill(line, height), c.vertical(base-300, base+2300, stop{0, mix(drift, m.tone(40), 9*i), 100}, stop{100, shade, 100}), 100)
		if i == 1 {
			x := c.mid(centreLeft+900, centreRight-900)
			c.hut(x, heightAt(line, x)+260, drift)
		}
	}
	c.whitePines(lines[2], 9, 2700, 98, 90, drift)
}

// whitePines are conifers with snow on their lit side.
func (c *canvas) whitePines(line []point, count, tall, open, near int, drift rgb) {
	at := c.rng
	c.pines(line, count, tall, open, solid(c.mood.tone(near)))
	after := c.rng
	// The same trees again, a little smaller and to the side: their snow.
	c.rng = at
	moved := make([]point, len(line))
	for i, p := range line {
		moved[i] = point{p.x - tall/40, p.y - tall/22}
	}
	c.pines(moved, count, tall*91/100, open, solid(mix(drift, c.mood.tone(near), 35)))
	c.rng = after
}

// hut stands with its foot at (x, y).
func (c *canvas) hut(x, y int, drift rgb) {
	m := &c.mood
	s := c.in(640, 800)
	warm := mix(0xffc46b, m.accents[0], 22)
	c.circle(x, y-s/3, s*3, c.radial(x, y-s/3, s*3, stop{0, warm, 50}, stop{45, warm, 14}, stop{100, warm, 0}), 100)
	logs := mix(m.tone(88), 0x5a3420, 35)
	c.fill(new(path).box(x-s, y-s*8/10, 2*s, s*85/100).move(x-s, y-s*8/10).line(x-s*4/10, y-s*15/10).line(x+s*2/10, y-s*8/10).close(), solid(logs), 100)
	grooves := new(path)
	for i := range 7 {
		grooves.box(x-s, y-s*8/10+i*s*12/100, 2*s, 12)
	}
	c.fill(grooves, solid(m.land[2]), 40)
	pane := mix(warm, white, 38)
	c.fill(new(path).box(x-s*66/100, y-s*55/100, s*34/100, s*30/100).box(x+s*50/100, y-s*55/100, s*32/100, s*30/100), solid(pane), 100)
	c.fill(new(path).box(x-s*505/1000, y-s*55/100, s/50, s*30/100).box(x+s*65/100, y-s*55/100, s/50, s*30/100).
		box(x-s*66/100, y-s*41/100, s*34/100, s/50).box(x+s*50/100, y-s*41/100, s*32/100, s/50), solid(logs), 100)
	c.fill(new(path).box(x-s*10/100, y-s*52/100, s*34/100, s*57/100), solid(mix(logs, m.land[2], 55)), 100)
	c.fill(new(path).box(x+s*62/100, y-s*19/10, s*22/100, s*6/10), solid(mix(logs, m.land[2], 30)), 100)
	// The roof's snow hangs over its edges.
	roof := new(path).move(x-s*40/100, y-s*162/100).line(x+s*88/100, y-s*162/100).line(x+s*115/100, y-s*76/100).
		bend(x+s*8/10, y-s*68/100, x+s*5/10, y-s*76/100).bend(x+s*35/100, y-s*68/100, x+s*16/100, y-s*76/100).close()
	c.fill(roof, c.vertical(y-s*16/10, y-s*7/10, stop{0, drift, 100}, stop{100, mix(drift, m.tone(50), 30), 100}), 100)
	c.fill(new(path).move(x-s*40/100, y-s*162/100).line(x-s*112/100, y-s*72/100).bend(x-s*104/100, y-s*62/100, x-s*94/100, y-s*70/100).
		line(x-s*40/100, y-s*142/100).line(x+s*12/100, y-s*72/100).line(x+s*20/100, y-s*80/100).close(), solid(mix(drift, m.tone(50), 14)), 100)
	c.fill(new(path).lens(x+s*73/100, y-s*19/10, s*16/100, s/14), solid(drift), 100)
	smoke := new(path)
	sx, sy := x+s*73/100, y-s*2
	for i := range 7 {
		smoke.disc(sx+i*i*9+c.in(-30, 30), sy-i*s/4, 50+i*26)
	}
	c.fill(smoke, c.vertical(sy-s*2, sy, stop{0, m.light(), 8}, stop{100, m.light(), 70}), 60)
	c.fill(new(path).move(x-s*12/10, y+70).bend(x-s/2, y-s/14, x-s*12/100, y-10).line(x+s*26/100, y-10).bend(x+s*9/10, y-s/10, x+s*12/10, y+70).close(), solid(drift), 100)
	glow := new(path).move(x-s*7/10, y+20).line(x-s*3/10, y+20).line(x-s*2/10, y+s*5/10).line(x-s, y+s*5/10).close().
		move(x+s*46/100, y+20).line(x+s*86/100, y+20).line(x+s*12/10, y+s*5/10).line(x+s*4/10, y+s*5/10).close()
	c.fill(glow, c.vertical(y, y+s/2, stop{0, warm, 60}, stop{100, warm, 0}), 100)
}
