package album

var pitchTitles = []string{
	"Kick-off at eight", "The last free kick", "Chalk and floodlight", "Away end, empty yet",
	"Extra time", "Nil-nil so far", "Jumpers for goalposts", "Warm-up done",
}

// drawPitch: a ball before a goal in a stadium with its floodlights on.
func drawPitch(c *canvas) {
	c.ground(grass, 60)
	m := &c.mood
	far := c.in(5700, 5900)
	c.skyTo(far)
	c.streaks(c.in(3, 5), 800, 3600)
	x, side := c.mid(centreLeft+1400, centreRight-1400), c.sign()
	c.stand(x, far)
	c.rect(0, far, width, height-far, c.vertical(far, height, stop{0, mix(m.tone(42), m.glow, 14), 100}, stop{100, m.tone(80), 100}), 100)
	stripes := new(path)
	at := func(k, y int) int { return x + k*(260+(y-far)*62/100) }
	for k := -14; k < 14; k += 2 {
		stripes.move(at(k, far), far).line(at(k+1, far), far).line(at(k+1, height), height).line(at(k, height), height).close()
	}
	c.fill(stripes, solid(m.land[2]), 13)
	chalk := solid(mix(m.light(), m.tone(30), 10))
	lines := new(path)
	bar := func(y, w int) { lines.box(-100, y, width+200, w) }
	bar(far+330, 22)
	wide := func(y, k int) int { return x + k*(y-far+900)/10 }
	for _, k := range [2]int{-1, 1} { // the penalty area
		lines.move(wide(far+340, k*29), far+340).line(wide(far+340, k*29)+k*34, far+340).line(wide(far+1700, k*29)+k*60, far+1700).line(wide(far+1700, k*29), far+1700).close()
	}
	l, r := wide(far+1700, -29), wide(far+1700, 29)
	lines.box(l, far+1690, r-l, 48)
	c.fill(lines, chalk, 78)
	c.stroke(new(path).move(x-1500, far+1720).bend(x, far+2380, x+1500, far+1720), chalk, 44, 78)
	c.goal(x, far+330, 1750, chalk)
	c.ball(x+side*c.in(100, 700), 8800, c.in(620, 700))
	c.bank(9900, 260, 90, 92)
}

// stand is the terrace behind the goal, full of people, and two floodlights.
func (c *canvas) stand(x, y int) {
	m := &c.mood
	c.fill(new(path).move(-100, y-1500).bend(x, y-2300, width+100, y-1500).line(width+100, y+10).line(-100, y+10).close(),
		c.vertical(y-2100, y, stop{0, mix(m.tone(74), m.haze(), 12), 100}, stop{100, m.tone(84), 100}), 100)
	for k := range 3 {
		p := new(path)
		for row := range 7 {
			for i := range 26 {
				px := (i*3+k)*width/78 + c.in(-60, 60)
				if c.chance(72) {
					p.dot(px, y-260-row*190-(7000-abs(px-x))*row/110)
				}
			}
		}
		c.stroke(p, solid(mix(m.accents[k], m.tone(70), 45)), 92, 85)
	}
	c.fill(new(path).move(-100, y-1950).bend(x, y-2900, width+100, y-1950).line(width+100, y-1650).bend(x, y-2560, -100, y-1650).close(), solid(m.tone(90)), 100)
	c.fill(new(path).box(-100, y-230, width+200, 240), solid(mix(m.accents[0], m.tone(70), 45)), 100)
	for _, k := range [2]int{-1, 1} {
		px, top := x+k*5400, 1500
		c.stroke(new(path).move(px, y-1500).line(px, top), solid(m.tone(88)), 110, 100)
		c.circle(px, top, 2600, c.radial(px, top, 2600, stop{0, white, 85}, stop{18, m.glow, 42}, stop{100, m.glow, 0}), 100)
		lamps := new(path)
		c.fill(new(path).box(px-620, top-420, 1240, 840), solid(m.tone(92)), 100)
		for i := range 12 {
			lamps.dot(px-450+i%4*300, top-260+i/4*260)
		}
		c.stroke(lamps, solid(mix(white, m.glow, 20)), 190, 100)
	}
}

// goal stands on the line y, half is half its width.
func (c *canvas) goal(x, y, half int, chalk paint) {
	tall := half * 62 / 100
	net := new(path)
	for i := range 19 {
		d := -half + i*half/9
		net.move(x+d, y-tall).line(x+d*88/100, y-tall*90/100).line(x+d*88/100, y-60)
	}
	for i := range 8 {
		h := tall * i / 8
		net.move(x-half, y-h).line(x-half*88/100, y-60-h*85/100).line(x+half*88/100, y-60-h*85/100).line(x+half, y-h)
	}
	c.stroke(net, chalk, 11, 50)
	c.stroke(new(path).move(x-half, y+20).line(x-half, y-tall).line(x+half, y-tall).line(x+half, y+20), chalk, 66, 100)
}

// ball lies on the grass around (x, y).
func (c *canvas) ball(x, y, r int) {
	m := &c.mood
	c.ellipse(x+r/5, y+r*95/100, r*12/10, r/5, solid(m.land[2]), 42)
	c.circle(x, y, r, c.gloss(x, y, r, mix(m.light(), white, 40)), 100)
	turn := c.n(720)
	at := func(a, d int) (int, int) { return x + r*d/100*cos(a)/unit, y - r/14 + r*d/100*sin(a)/unit }
	patches, seams := new(path), new(path)
	for i := range 5 {
		a := turn + i*720
		ax, ay := at(a, 34)
		if i == 0 {
			patches.move(ax, ay)
		} else {
			patches.line(ax, ay)
		}
		bx, by := at(a, 66)
		seams.move(ax, ay).line(bx, by)
		lx, ly := at(a-360, 80)
		rx, ry := at(a+360, 80)
		seams.line(lx, ly).move(bx, by).line(rx, ry)
	}
	patches.close()
	for i := range 5 {
		a := turn + 360 + i*720
		bx, by := at(a-150, 94)
		dx, dy := at(a+150, 94)
		ex, ey := at(a+110, 78)
		fx, fy := at(a-110, 78)
		patches.move(fx, fy).line(ex, ey).line(dx, dy).line(bx, by).close()
	}
	ink := solid(mix(m.land[2], m.tone(80), 30))
	c.fill(patches, ink, 92)
	c.stroke(seams, ink, r/34, 60)
	c.circle(x, y, r, c.radial(x-r*4/10, y-r*4/10, r*17/10, stop{0, white, 30}, stop{35, white, 0}, stop{60, m.land[2], 8}, stop{100, m.land[2], 62}), 100)
}
