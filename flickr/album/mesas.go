package album

var mesaTitles = []string{
	"Red rock standing", "Wide country", "Ten miles to the butte", "Strata",
	"The road has stopped", "Noon has left the canyon", "Saguaro, listening", "What the river cut",
}

// drawMesas: table mountains in banded rock, a plain, and cacti.
func drawMesas(c *canvas) {
	c.ground(rock, 62)
	m := &c.mood
	plain := c.in(6300, 6700)
	c.skyTo(plain)
	c.sunAt(c.in(centreLeft, centreRight), plain-c.in(1800, 4000), c.in(450, 800))
	if m.weather == fair && !m.dark && c.chance(50) {
		for range 3 {
			c.cumulus(c.n(width), c.in(1000, 2800), c.in(1300, 2600), c.in(40, 70))
		}
	} else {
		c.streaks(c.in(3, 6), 900, plain-1800)
	}
	c.ranges(1, plain-200, plain-200, 4, 4)
	side := c.sign()
	c.mesa(middle-side*c.in(4600, 6200), plain+480, c.in(1700, 2500), c.in(1450, 1850), 18)
	c.mesa(middle+side*c.in(3800, 5200), plain+480, c.in(1300, 2000), c.in(1800, 2300), 26)
	c.mesa(middle-side*c.in(200, 1300), plain+480, c.in(850, 1150), c.in(2700, 3300), 40)
	c.mesa(middle+side*c.in(1600, 2300), plain+480, c.in(300, 420), c.in(2100, 2500), 44)
	for i := range 3 {
		line := c.rolling(plain+300+i*900, 170+60*i, 5200)
		color := m.tone(46 + 20*i)
		c.fill(hill(line, height), c.vertical(plain+100+i*900, plain+2000+i*900,
			stop{0, mix(color, m.glow, 30-9*i), 100}, stop{100, m.tone(60 + 18*i), 100}), 100)
		c.scrub(line, i)
	}
	front := c.rolling(9350, 180, 5000)
	c.cactus(middle+side*c.in(900, 1800), 9500, c.in(1900, 2500))
	c.cactus(middle-side*c.in(3600, 6200), 9500, c.in(1300, 1900))
	if c.chance(60) {
		c.cactus(middle-side*c.in(900, 1900), 9300, c.in(600, 1000))
	}
	c.fill(hill(front, height), solid(m.tone(96)), 100)
}

// mesa is a flat-topped rock: cliff above, scree below, bands along it, one
// side in shadow.
func (c *canvas) mesa(x, foot, half, tall, near int) {
	m := &c.mood
	top := foot - tall
	color := m.tone(near)
	scree := half * 55 / 100
	ledge := foot - tall*36/100
	var left, right []point
	for i := range 6 {
		y := lerp(top, ledge, i, 5)
		left = append(left, point{x - half - i*half/40 + c.in(-half/16, half/16), y})
		right = append(right, point{x + half + i*half/40 + c.in(-half/16, half/16), y})
	}
	body := new(path).move(left[0].x, top).lines(left[1:]).line(x-half-scree, foot).line(x+half+scree, foot).lines(reversed(right)).close()
	c.fill(body, c.vertical(top, foot, stop{0, mix(color, m.glow, 22), 100}, stop{62, color, 100}, stop{100, mix(color, m.haze(), 38), 100}), 100)
	bands := new(path)
	for i := range 5 {
		y := top + tall*(6+i*11+c.n(5))/100
		if y < ledge {
			bands.box(x-half, y, 2*half, tall*c.in(12, 34)/1000)
		}
	}
	c.fill(bands, solid(mix(color, m.land[2], 45)), 32)
	split := x + half*c.in(5, 40)/100
	shade := new(path).move(split, top)
	for i := 1; i < 6; i++ {
		shade.line(split+c.in(-half/8, half/8), lerp(top, ledge, i, 5))
	}
	shade.line(split+scree/2, foot).line(x+half+scree, foot).lines(reversed(right)).close()
	c.fill(shade, solid(m.land[2]), 26)
	cracks := new(path)
	for range 6 {
		cx := x + c.in(-half*9/10, half*9/10)
		cracks.move(cx-half/60, top+c.n(tall/6)).line(cx+half/50, ledge-c.n(tall/8)).line(cx-half/40, ledge).close()
	}
	c.fill(cracks, solid(m.land[2]), 34)
}

// scrub dots the plain with low bushes.
func (c *canvas) scrub(line []point, depth int) {
	p := new(path)
	for range 34 {
		x, s := c.n(width), (40+c.n(60))*(depth+1)
		y := heightAt(line, x) + c.n(600)
		p.move(x-s, y).bend(x-s, y-s, x, y-s*8/10).bend(x+s, y-s, x+s, y).close()
	}
	c.fill(p, solid(c.mood.tone(66+14*depth)), 75)
}

// cactus is a saguaro with two or three arms.
func (c *canvas) cactus(x, y, tall int) {
	w := tall / 6
	p := new(path).move(x, y+300).line(x, y-tall)
	for i := range c.in(2, 3) {
		side := 1 - 2*(i%2)
		from := y - tall*(34+i*13)/100
		reach := w * c.in(15, 21) / 10
		p.move(x, from).line(x+side*reach*6/10, from).bend(x+side*reach, from, x+side*reach, from-reach*5/10).line(x+side*reach, from-tall*c.in(20, 34)/100)
	}
	c.stroke(p, solid(c.mood.tone(95)), w, 100)
	c.stroke(p, solid(mix(c.mood.tone(80), c.mood.glow, 10)), w/7, 45)
}
