package album

var lakeTitles = []string{
	"Still water", "The far shore", "Twice the mountain", "End of the jetty",
	"No wind at all", "Mirror, early", "A boat left out", "Deep and clear",
}

// drawLake: mountains and their image in still water, a jetty or a boat.
func drawLake(c *canvas) {
	shore := c.in(5500, 5900)
	c.skyTo(shore)
	sun := c.sunAt(c.in(centreLeft, centreRight), c.in(1500, 3200), c.in(300, 480))
	c.streaks(c.in(3, 5), 1000, 3800)
	c.beginMirror()
	if c.chance(60) {
		c.massif(sun, shore)
		foot := c.rolling(shore-330, 220, 3600)
		c.fill(hill(foot, shore), solid(mix(c.mood.tone(40), c.mood.haze(), 25)), 100)
	} else {
		c.shoreRanges(shore)
	}
	line := skyline(shore-120, 640, func(x int) int { return 60 + abs(x-middle)*abs(x-middle)/90000 })
	c.mist(shore-300, 500, c.mood.haze(), 40)
	c.pines(line, 95, 560, 45, solid(c.mood.tone(64)))
	c.fill(hill(line, shore), solid(c.mood.tone(66)), 100)
	c.endMirror(shore, sun)
	if c.chance(50) {
		c.jetty(shore)
	} else {
		c.canoe(c.mid(centreLeft+500, centreRight-500), c.in(7300, 8000))
	}
	c.reeds()
}

// shoreRanges are lower mountains that end at the shore.
func (c *canvas) shoreRanges(shore int) {
	for i := range 4 {
		seed, rise, near := c.next(), 2300-420*i, 8+15*i
		line := skyline(shore, 100, func(x int) int {
			valley := 45 + 55*abs(x-middle)/middle
			return ridged(seed, x, 3400-300*i, 5) * rise / unit * valley / 100
		})
		c.fill(land(line, shore), c.vertical(shore-rise, shore, stop{0, c.mood.tone(near), 100},
			stop{100, mix(c.mood.tone(near), c.mood.haze(), 50), 100}), 100)
	}
}

// reeds stand in the near corners.
func (c *canvas) reeds() {
	blades, heads := new(path), new(path)
	for range 46 {
		x := c.n(4600)
		if c.chance(50) {
			x = width - x
		}
		edge := min(x, width-x)
		tall := c.in(500, 1700) * (5200 - edge) / 5200
		lean := c.in(-260, 260)
		blades.move(x-26, height+50).bend(x, height-tall/2, x+lean, height-tall).bend(x+40, height-tall/2, x+34, height+50)
		if c.chance(30) {
			heads.move(x+lean, height-tall).line(x+lean+lean/12, height-tall-150)
		}
	}
	c.fill(blades, solid(c.mood.tone(97)), 100)
	c.stroke(heads, solid(mix(c.mood.tone(90), c.mood.accents[0], 18)), 62, 100)
}
