package album

var orchardTitles = []string{
	"Picked by noon", "The ladder stays out", "Windfalls", "Between two rows",
	"Everything ripe at once", "Bees were here", "A basket short", "Under the branches",
}

// drawOrchard: rows of fruit trees that lead towards hills, with fruit or
// blossom in the mood's accents.
func drawOrchard(c *canvas) {
	c.ground(grass, 45)
	m := &c.mood
	horizon := c.in(5400, 5700)
	c.skyTo(horizon)
	vx := c.mid(centreLeft+1300, centreRight-1300)
	c.sunAt(vx+c.in(-1200, 1200), horizon-c.in(900, 2700), c.in(380, 600))
	if m.weather == fair && !m.dark {
		for range c.in(2, 3) {
			c.cumulus(c.n(width), c.in(1000, horizon-2000), c.in(1600, 3000), c.in(40, 75))
		}
	}
	c.ranges(2, horizon-500, horizon-100, 8, 22)
	far := c.rolling(horizon-60, 130, 4200)
	c.fill(hill(far, height), solid(m.tone(34)), 100)
	c.rect(0, horizon, width, height-horizon, c.vertical(horizon, height, stop{0, mix(m.tone(36), m.glow, 18), 100}, stop{45, m.tone(58), 100}, stop{100, m.tone(88), 100}), 100)
	c.fill(new(path).move(vx-60, horizon).line(vx+60, horizon).line(vx+2300, height).line(vx-2300, height).close(),
		c.vertical(horizon, height, stop{0, m.glow, 34}, stop{100, m.glow, 8}), 100)
	ink := [2]rgb{m.tone(60), mix(m.accents[c.n(2)], m.glow, 10)}
	if c.chance(50) {
		ink[0] = mix(m.accents[c.n(2)], m.light(), 18) // in blossom, or turned by autumn
	}
	for i := range 7 {
		t := 100 + i*i*34 + i*60 // the scale: 100 at the back
		y := horizon + t*24/10
		tree := c.newStamp(func() { c.fruitTree(i, ink) })
		for k := 3; k > 0; k-- {
			for side := -1; side < 2; side += 2 {
				x := vx + side*((2*k-1)*t*62/10*5/10+t*9/10) + c.in(-t/5, t/5)
				if x > -t*5 && x < width+t*5 {
					c.put(tree, x, y, t*c.in(46, 56)/200, c.sign())
				}
			}
		}
	}
	c.bank(9750, 260, 120, 94)
}

// fruitTree is one tree of a row; depth is 0 for the row at the back.
func (c *canvas) fruitTree(depth int, ink [2]rgb) {
	const x, y, tall = 0, 0, 2000
	m := &c.mood
	veil := 40 - depth*7
	shade := func(color rgb, near int) rgb {
		if m.dark {
			color = mix(color, m.land[1], 45)
		}
		return mix(mix(color, m.land[2], near), m.haze(), max(veil, 0))
	}
	c.ellipse(x, y+tall/40, tall*34/100, tall/22, solid(m.land[2]), 30)
	trunk := new(path)
	trunk.trunk(x, y-tall*48/100, y+tall/60, tall/26, c.in(-tall/30, tall/30))
	c.fill(trunk, solid(shade(m.tone(92), 0)), 100)
	cy, r := y-tall*66/100, tall*30/100
	crown := func(count, spread, up int) *path {
		p := new(path)
		for i := range count {
			a := i*3600/count + c.n(300)
			p.disc(x+spread*cos(a)/unit, cy-up+spread*75/100*sin(a)/unit, r*c.in(42, 62)/100)
		}
		return p.disc(x, cy-up, r*7/10)
	}
	blobs := 5 + depth/2
	c.fill(crown(blobs, r*75/100, 0), solid(shade(mix(ink[0], m.land[2], 30), 12)), 100)
	c.fill(crown(blobs, r*60/100, r/5), solid(shade(ink[0], 0)), 95)
	c.fill(crown(4, r*40/100, r*5/10), solid(shade(mix(ink[0], m.glow, 28), 0)), 70)
	fruit := new(path)
	for range 6 + depth*3 {
		a, d := c.n(3600), c.in(10, 105)
		fruit.dot(x+r*d/100*cos(a)/unit, cy+r*d*80/10000*sin(a)/unit)
	}
	c.stroke(fruit, solid(shade(ink[1], 0)), max(tall/26, 24), 96)
}
