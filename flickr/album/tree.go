package album

var treeTitles = []string{
	"The one on the hill", "It was here before us", "Every leaf counted", "Shade for two",
	"Letting go", "Crown", "A hundred rings", "Where the swing was",
}

// drawTree: one great tree with its crown in the mood's accents, leaves or
// petals drifting off.
func drawTree(c *canvas) {
	c.ground(grass, 25)
	m := &c.mood
	ground := c.in(7700, 8100)
	c.skyTo(ground)
	x := c.mid(centreLeft+900, centreRight-900)
	c.sunAt(x+c.sign()*c.in(600, 1900), c.in(2600, 4600), c.in(700, 1200))
	c.streaks(c.in(2, 4), 900, 4200)
	c.ranges(2, ground-1500, ground-900, 8, 26)
	back := c.rolling(ground-350, 260, 4800)
	c.fill(hill(back, height), solid(mix(m.tone(48), m.haze(), 20)), 100)
	line := skyline(ground, 600, func(at int) int { return 260 - abs(at-x)*abs(at-x)/70000 })
	top := heightAt(line, x)
	c.fill(hill(line, height), c.vertical(ground-300, height, stop{0, m.tone(70), 100}, stop{100, m.tone(96), 100}), 100)
	tall := c.in(5200, 6000)
	wood, tips := new(path), new(path)
	c.limb(wood, tips, x, top+80, 900+c.in(-30, 30), tall*26/100, tall/22, 5, true)
	c.crown(x, top-tall*62/100, tall, wood)
	c.ellipse(x, top+90, tall*34/100, 120, solid(m.land[2]), 30)
	grass := new(path)
	c.grass(grass, func(at int) int { return heightAt(line, min(max(at, 0), width)) + 30 }, 130, 170)
	c.fill(grass, solid(m.tone(72)), 100)
	c.drifting(x, top)
}

// crown is clusters of foliage, dark ones behind the wood, light ones towards
// the light before it.
func (c *canvas) crown(x, y, tall int, wood *path) {
	m := &c.mood
	cluster := func(count, spread, small, large, up int) *path {
		p := new(path)
		for range count {
			a, d := c.n(3600), c.n(100)+c.n(60)
			d = min(d, 100)
			p.disc(x+spread*d/100*cos(a)/unit, y+up+spread*68/100*d/100*sin(a)/unit, c.in(small, large))
		}
		return p
	}
	leaf := [4]rgb{}
	for i, a := range m.accents {
		leaf[i] = a
		if m.dark {
			leaf[i] = mix(a, m.land[1], 42)
		}
	}
	spread := tall * 40 / 100
	c.fill(cluster(34, spread, 360, 680, 120), solid(mix(leaf[1].vivid(25), black, 30)), 100)
	c.fill(cluster(70, spread*108/100, 60, 230, 80), solid(mix(leaf[1].vivid(25), black, 20)), 100)
	c.fill(wood, solid(m.tone(95)), 100)
	c.fill(cluster(36, spread*92/100, 240, 480, 0), solid(mix(leaf[1].vivid(15), black, 10)), 92)
	c.fill(cluster(46, spread*88/100, 160, 360, -150), solid(leaf[0]), 82)
	c.fill(cluster(60, spread*80/100, 60, 200, -420), solid(mix(leaf[2], leaf[0], 30)), 78)
	c.fill(cluster(100, spread*104/100, 25, 75, -200), solid(mix(leaf[2], m.glow, 40)), 72)
}

// drifting leaves are carried off by the wind, and some lie on the ground.
func (c *canvas) drifting(x, ground int) {
	side := c.sign()
	for k := range 3 {
		p := new(path)
		for range 16 {
			lx := x + side*c.in(300, 7400)
			ly := c.in(3600, ground+900)
			s, tilt := c.in(32, 80), c.in(-50, 50)
			p.move(lx-s, ly-tilt).bend(lx, ly-s, lx+s, ly+tilt).bend(lx, ly+s*6/10, lx-s, ly-tilt)
		}
		color := c.mood.accents[k]
		if c.mood.dark {
			color = mix(color, c.mood.land[1], 45)
		}
		c.fill(p, solid(color), 88)
	}
}
