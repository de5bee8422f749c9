package album

// ridge is a grassy hilltop before a great low sun; stand draws what is on it,
// around (x, y), in the paint of a silhouette.
func (c *canvas) ridge(stand func(x, y, side int, p paint)) {
	m := &c.mood
	c.skyTo(7200)
	x := c.mid(centreLeft+1300, centreRight-1300)
	side := c.sign()
	c.sunAt(x+side*c.in(100, 900), c.in(5000, 5700), c.in(1350, 1750))
	c.streaks(c.in(4, 6), 900, 5600)
	c.ranges(3, 5900, 7000, 2, 32)
	back := c.rolling(7450, 260, 4600)
	c.pines(back, 44, 520, 85, solid(mix(m.tone(50), m.haze(), 14)))
	c.fill(hill(back, height), c.vertical(7200, 8800, stop{0, mix(m.tone(52), m.haze(), 22), 100}, stop{100, m.tone(62), 100}), 100)
	c.mist(7500, 700, m.haze(), 34)
	line := skyline(c.in(8250, 8450), 500, func(at int) int { return 330 - abs(at-x)*abs(at-x)/62000 })
	ground := heightAt(line, x)
	c.birds(x-side*c.in(1500, 3200), c.in(2600, 4200), c.in(3, 7), 120)
	c.fill(hill(line, height), c.vertical(ground, height, stop{0, m.tone(84), 100}, stop{100, m.tone(99), 100}), 100)
	stand(x, ground+60, side, solid(mix(m.land[2], m.tone(90), 40)))
	grass := new(path)
	c.grass(grass, func(at int) int { return heightAt(line, min(max(at, 0), width)) + 70 }, 95, 200)
	c.fill(grass, solid(m.tone(86)), 100)
}
