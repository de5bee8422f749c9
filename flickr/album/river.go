package album

var riverTitles = []string{
	"The valley keeps turning", "Downstream by evening", "Oxbow", "Where the two roads cross water",
	"Silver, then silver again", "The long way to the sea", "Headwater", "Bend after bend",
}

// drawRiver: a river winding towards us out of a valley between mountains.
func drawRiver(c *canvas) {
	c.ground(grass, 14)
	m := &c.mood
	source := c.in(5300, 5600)
	c.skyTo(source)
	x := c.mid(centreLeft+900, centreRight-900)
	c.sunAt(x+c.in(-500, 500), source-c.in(500, 1900), c.in(420, 640))
	c.streaks(c.in(3, 6), 900, source-700)
	c.ranges(1, source-200, source-200, 4, 4)
	c.flanks(x, source)
	floor := c.vertical(source, height, stop{0, mix(m.tone(36), m.haze(), 40), 100}, stop{40, m.tone(56), 100}, stop{100, m.tone(92), 100})
	c.rect(0, source, width, height-source, floor, 100)
	c.meanders(x, source)
	for i := range 3 {
		open := 2900 + 1500*i
		line := skyline(source+500+i*1250, 250, func(at int) int {
			d := abs(at-x) - open
			if d < 0 {
				return d*(16+4*i)/100 - d*d/650 // away from the river
			}
			return d*(16+4*i)/100 + c.n(60)
		})
		color := m.tone(60 + 14*i)
		c.pines(line, 44-9*i, 420+330*i, 90, solid(mix(color, m.land[2], 25)))
		c.fill(hill(line, height+2500), c.vertical(source+i*900, height, stop{0, mix(color, m.haze(), 16-6*i), 100}, stop{100, m.tone(78 + 9*i), 100}), 100)
	}
}

// flanks are the valley's sides, falling towards the river from both edges.
func (c *canvas) flanks(x, source int) {
	m := &c.mood
	for i := range 4 {
		side := 1 - 2*(i%2)
		seed, rise := c.next(), 3500-500*i
		line := skyline(source+120, 110, func(at int) int {
			d := side * (at - x)
			slope := (d + 900 - 250*i) * rise / 8200
			return slope + ridged(seed, at, 2900, 5)*max(slope, 0)/unit*5/10
		})
		near := 12 + 9*i
		c.fill(land(line, source+130), c.vertical(source-rise, source+120, stop{0, m.tone(near), 100},
			stop{100, mix(m.tone(near), m.haze(), 52), 100}), 100)
	}
}

// meanders is the water: a band that swings wider and grows broader as it nears.
func (c *canvas) meanders(x, source int) {
	m := &c.mood
	var left, right []point
	phase, turns := c.n(3600), c.in(2, 3)
	for i := range 33 {
		t := i * 1000 / 32
		y := source + (height+200-source)*t/1000*(t+160)/1160
		u := t * t / 1000 // nearer bends take longer
		swing := 160 + (y-source)*38/100
		cx := x + swing*sin(phase+3600*turns*(1000-(1000-u)*(1000-u)/1000)/1000*2/3)/unit
		w := 26 + (y-source)*(y-source)/17000
		left = append(left, point{cx - w, y})
		right = append(right, point{cx + w, y})
	}
	water := new(path).move(left[0].x, left[0].y).smooth(left)
	back := reversed(right)
	water.line(back[0].x, back[0].y).smooth(back)
	water.close()
	c.stroke(water, solid(mix(m.tone(50), m.glow, 30)), 60, 40)
	c.fill(water, c.vertical(source, height, stop{0, mix(m.sky[3], m.glow, 50), 100}, stop{35, m.sky[2], 100}, stop{100, mix(m.sky[1], m.land[2], 30), 100}), 100)
	shine := new(path)
	for i := 4; i < 32; i++ {
		w := right[i].x - left[i].x
		shine.lens(left[i].x+w*c.in(25, 75)/100, left[i].y+c.n(90), w*c.in(10, 30)/100, 10+i)
	}
	c.fill(shine, solid(m.sun), 55)
}
