package album

var forestTitles = []string{
	"Between the trunks", "The path goes on", "Light comes down in bars", "Moss and silence",
	"Where the deer were", "Under the canopy", "The old wood", "A clearing ahead",
}

// drawForest: trunks in mist, paler the farther, with bars of light.
func drawForest(c *canvas) {
	m := &c.mood
	far := mix(m.sky[3], m.glow, 45)
	if m.dark {
		far = mix(m.sky[3], m.glow, 15)
	}
	c.rect(0, 0, width, height, c.vertical(0, height, stop{0, mix(m.land[0], m.sky[2], 50), 100},
		stop{55, far, 100}, stop{100, m.tone(50), 100}), 100)
	x, y := c.in(centreLeft, centreRight), c.in(2200, 3900)
	c.circle(x, y, 6200, c.radial(x, y, 6200, stop{0, m.sun, 90}, stop{22, m.glow, 60}, stop{60, m.glow, 15}, stop{100, m.glow, 0}), 100)
	if m.dark {
		c.moon(x, y, 330)
	}
	tall := c.chance(60)
	for layer := range 5 {
		near := 6 + layer*22
		if tall {
			c.trunks(layer, near)
		} else {
			c.firs(layer, near)
		}
		c.mist(6300+layer*520, 1500, mix(far, m.tone(near), 25), 42-6*layer)
		if layer == 3 && tall {
			c.shafts(x)
		}
	}
	ground := c.rolling(9300, 260, 4200)
	c.undergrowth(ground)
}

// trunks is one depth of a wood of tall bare stems; the nearest leave the
// middle open.
func (c *canvas) trunks(layer, near int) {
	ground := c.rolling(7000+layer*520, 220, 3800)
	stems, twigs := new(path), new(path)
	count := []int{34, 26, 17, 10, 6}[layer]
	thick := []int{45, 75, 125, 210, 360}[layer]
	for i := range count {
		x := (i*100 + c.in(10, 90)) * width / (count * 100)
		if layer > 2 && abs(x-middle) < 1100+700*(layer-2) {
			x += (2200 + 500*(layer-3)) * (1 - 2*b2i(x < middle))
		}
		w := thick * c.in(60, 125) / 100
		lean := c.in(-w*2, w*2)
		foot := heightAt(ground, min(max(x, 0), width))
		stems.trunk(x, -100, foot+w/2, w, lean)
		for range 3 {
			side, by := c.sign(), c.in(200, 4200)
			bx := x + lean*(foot-by)/(foot+100)
			l := w * c.in(5, 12)
			twigs.move(bx, by).bend(bx+side*l/2, by-l/5, bx+side*l, by-l*c.in(3, 8)/10)
		}
	}
	color := c.mood.tone(near)
	p := c.vertical(0, 9000, stop{0, color, 100}, stop{100, mix(color, c.mood.haze(), 22-layer*4), 100})
	c.stroke(twigs, p, thick*3/10, 100)
	c.fill(stems, p, 100)
	c.fill(hill(ground, height), c.vertical(6500+layer*520, height, stop{0, mix(color, c.mood.haze(), 25), 100}, stop{100, color, 100}), 100)
}

// firs is one depth of a conifer wood on rising ground.
func (c *canvas) firs(layer, near int) {
	ground := c.rolling(5300+layer*900, 420, 5600)
	color := c.mood.tone(near)
	p := c.vertical(2000+layer*900, 6600+layer*900, stop{0, color, 100}, stop{100, mix(color, c.mood.haze(), 45-layer*8), 100})
	c.pines(ground, 36-6*layer, 1500+layer*520, 25+15*layer, p)
	c.fill(hill(ground, height), p, 100)
}

// shafts are slanting bars of light around x, soft at their edges.
func (c *canvas) shafts(x int) {
	strength, lean := 62, c.in(18, 40)*c.sign() // lean in percent of the way down
	if c.mood.dark {
		strength = 26
	}
	for i := range c.in(5, 7) {
		at := x - lean*40 - 4200 + i*1500 + c.in(-500, 500)
		w, alpha := c.in(280, 900), c.in(strength/2, strength)
		// The gradient runs across the bar, at a right angle to its edges.
		across := 2 * w * 10000 / (10000 + lean*lean)
		p := c.linear(at-w, 0, at-w+across, -across*lean/100,
			stop{0, c.mood.glow, 0}, stop{38, c.mood.glow, alpha}, stop{62, c.mood.glow, alpha}, stop{100, c.mood.glow, 0})
		c.fill(new(path).move(at-w, 0).line(at+w, 0).line(at+w+lean*100, height).line(at-w+lean*100, height).close(), p, 100)
	}
}

// undergrowth is grass and ferns along the lower edge.
func (c *canvas) undergrowth(ground []point) {
	p := new(path)
	c.grass(p, func(x int) int { return heightAt(ground, min(max(x, 0), width)) + 40 }, 105, 420)
	dark := solid(c.mood.tone(98))
	c.fill(p, dark, 100)
	fern := new(path)
	for range 16 {
		x := c.n(5200)
		if c.chance(50) {
			x = width - x
		}
		y, l, side := heightAt(ground, x)+100, c.in(500, 1100), c.sign()
		for i := range 5 {
			dx := side * l * (i - 2) / 3
			fern.move(x, y).bend(x+dx/3, y-l, x+dx, y-l*(9-abs(i-2)*2)/10)
		}
	}
	c.stroke(fern, dark, 42, 100)
	c.fill(hill(ground, height), dark, 100)
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
