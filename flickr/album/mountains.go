package album

var mountainTitles = []string{
	"Seven ridges", "The high pass", "Above the tree line", "Thin air", "North face",
	"Range behind range", "The last hut is far below", "Blue distance",
}

// drawMountains: either great snowy peaks or many soft ranges, pines in front.
func drawMountains(c *canvas) {
	c.skyTo(6800)
	alpine := c.chance(55)
	sun := c.sunAt(c.in(centreLeft, centreRight), c.in(1500, 3400), c.in(330, 560))
	c.streaks(c.in(3, 6), 1200, 4800)
	if alpine {
		c.ranges(2, 5000, 5500, 2, 14)
		c.massif(sun, 6900)
		c.ranges(3, 6900, 8300, 46, 74)
	} else {
		c.ranges(c.in(6, 7), 4300, 8500, 0, 78)
	}
	c.mist(7900, 800, c.mood.haze(), 30)
	line := c.rolling(9350, 500, 5200)
	c.pines(line, 60, 1150, 65, solid(c.mood.tone(94)))
	c.fill(hill(line, height), solid(c.mood.tone(95)), 100)
	if c.chance(55) {
		c.birds(sun.x+c.in(-900, 900), sun.y+c.in(600, 1200), c.in(4, 8), 130)
	}
}

// massif is a group of peaks, the highest near the centre.
func (c *canvas) massif(sun light, base int) {
	x := c.mid(centreLeft+600, centreRight-600)
	side := c.sign()
	c.peak(x-side*c.in(4200, 5200), c.in(3600, 4300), base, c.in(3200, 4000), 22, sun)
	c.peak(x+side*c.in(4300, 5600), c.in(3500, 4200), base, c.in(3400, 4200), 26, sun)
	c.peak(x, c.in(2100, 2800), base, c.in(3700, 4500), 34, sun)
	c.peak(x+side*c.in(1900, 2500), c.in(3800, 4400), base+200, c.in(2500, 3200), 40, sun)
}
