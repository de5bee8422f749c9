package album

var starTitles = []string{
	"The river overhead", "Nine thousand of them", "Older than the hill", "Lying on our backs",
	"One of them fell", "No lamps for miles", "The long exposure", "Counting, then not",
}

// drawStars: the Milky Way over a hill with one tree, always at night.
func drawStars(c *canvas) {
	if !c.mood.dark {
		c.mood = c.mood.in(night)
	}
	m := &c.mood
	c.rect(0, 0, width, height, c.vertical(0, 8800, stop{0, mix(m.sky[0], black, 25), 100},
		stop{45, m.sky[1], 100}, stop{78, m.sky[2], 100}, stop{100, mix(m.sky[3], m.accents[0], 28), 100}), 100)
	c.milkyWay()
	c.stars(0, 8600, 420)
	if c.chance(70) {
		c.meteor(c.in(centreLeft, centreRight), c.in(900, 2800))
	}
	c.ranges(2, 7800, 8300, 30, 62)
	top := c.in(7900, 8300)
	x := c.mid(centreLeft+500, centreRight-500)
	line := skyline(top, 500, func(at int) int { return -(abs(at-x) * abs(at-x) / 42000) })
	c.fill(hill(line, height), solid(m.tone(97)), 100)
	c.bareOrLeafy(x, top+30, c.in(2300, 3100))
}

// milkyWay is a slanting band: soft clouds of light, dust, and dense stars.
func (c *canvas) milkyWay() {
	m := &c.mood
	side := c.sign()
	at := func(t, off int) (x, y int) { // t from 0 to 1000 along, off across
		x, y = middle+side*(t-500)*11, 8300-t*9
		return x + off*62/100, y + side*off*78/100
	}
	hues := []rgb{m.glow, mix(m.accents[3], m.glow, 30), mix(m.accents[1], m.glow, 25)}
	for i := range 24 {
		x, y := at(i*1000/23, c.mid(-700, 700))
		r := c.in(900, 2100)
		hue := hues[c.n(3)]
		c.circle(x, y, r, c.radial(x, y, r, stop{0, hue, c.in(16, 30)}, stop{50, hue, 10}, stop{100, hue, 0}), 100)
	}
	for i := range 13 {
		x, y := at(i*1000/12+c.in(-30, 30), c.mid(-260, 260))
		r := c.in(500, 1000)
		c.circle(x, y, r, c.radial(x, y, r, stop{0, m.sky[0], 26}, stop{60, m.sky[0], 12}, stop{100, m.sky[0], 0}), 100)
	}
	for size := range 2 {
		p := new(path)
		for range 380 - 260*size {
			x, y := at(c.n(1000), (c.mid(-1300, 1300)+c.mid(-1300, 1300))/2)
			p.dot(x, y)
		}
		c.stroke(p, solid(mix(m.glow, white, 60)), 12+9*size, 55+25*size)
	}
}

// meteor is a shooting star with its fading trail.
func (c *canvas) meteor(x, y int) {
	dx, dy := c.sign()*c.in(1500, 2400), c.in(700, 1300)
	w := mix(c.mood.glow, white, 70)
	p := new(path).move(x, y).line(x+dx-18, y+dy).line(x+dx+10, y+dy+24).close()
	c.fill(p, c.linear(x, y, x+dx, y+dy, stop{0, w, 0}, stop{100, w, 95}), 100)
	c.circle(x+dx, y+dy+10, 20, solid(white), 95)
}

// bareOrLeafy is the silhouette of a single tree.
func (c *canvas) bareOrLeafy(x, y, tall int) {
	dark := solid(c.mood.tone(98))
	wood, leaves := new(path), new(path)
	leafy := c.chance(60)
	c.limb(wood, leaves, x, y, 900+c.in(-40, 40), tall*38/100, tall/24, 5, leafy)
	c.fill(wood, dark, 100)
	c.fill(leaves, dark, 92)
}

// limb grows a branch at an angle (tenths of a degree, 900 is up), and from its
// end two or three thinner ones; leaves gather at the ends.
func (c *canvas) limb(wood, leaves *path, x, y, angle, long, thick, depth int, leafy bool) {
	ex, ey := x+long*cos(angle)/unit, y-long*sin(angle)/unit
	nx, ny := thick*sin(angle)/unit, thick*cos(angle)/unit
	thin := max(thick*62/100, 5)
	mx, my := thin*sin(angle)/unit, thin*cos(angle)/unit
	wood.move(x-nx, y-ny).line(ex-mx, ey-my).line(ex+mx, ey+my).line(x+nx, y+ny).close()
	if depth == 0 {
		if leafy {
			leaves.disc(ex, ey, long*c.in(55, 110)/100)
		}
		return
	}
	if leafy && depth == 1 {
		leaves.disc(ex, ey, long*c.in(80, 125)/100)
	}
	for i := range 2 {
		spread := c.in(130, 380) * (2*i - 1)
		c.limb(wood, leaves, ex, ey, angle+spread, long*c.in(66, 84)/100, thin, depth-1, leafy)
	}
}
