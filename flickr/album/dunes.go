package album

var duneTitles = []string{
	"Long shadows", "What the wind left", "The empty quarter", "Sand, then more sand",
	"Crest line", "A day from the well", "Warm grain", "The caravan's hour",
}

// drawDunes: crest behind crest, each with a lit face and one in shadow.
func drawDunes(c *canvas) {
	c.ground(sand, 62)
	horizon := c.in(4300, 4900)
	c.skyTo(horizon)
	c.streaks(c.in(2, 4), 1000, horizon-500)
	sun := c.sunAt(c.in(centreLeft, centreRight), horizon-c.in(900, 2300), c.in(360, 620))
	c.ranges(1, horizon+150, horizon+150, 5, 5)
	side := 1
	if sun.x > middle {
		side = -1
	}
	for i := range 5 {
		top := horizon + 350 + i*(400+140*i)
		c.dune(top, 600+170*i, 16+i*17, side)
		if c.chance(70) {
			side = -side
		}
		if i == 2 && c.chance(60) {
			c.caravan(c.mid(centreLeft+600, centreRight-600), top+c.in(60, 200))
		}
	}
}

// dune fills down from its crest. From the summit a second crest winds down to
// the viewer: on one side of it there is light, on the other shadow.
func (c *canvas) dune(top, rise, near, side int) {
	summit := middle + side*c.in(300, 4200)
	seed := c.next()
	line := skyline(top, 150, func(x int) int {
		d := abs(x - summit)
		return rise*1500/(1500+d) + fractal(seed, x, 5200, 2)*rise/unit*min(d, 3000)/8000
	})
	at := nearest(line, summit)
	line[at] = point{summit, top - rise}
	m := &c.mood
	body := m.tone(near)
	lit := mix(mix(body, m.glow, 30), m.sky[2], 12)
	c.fill(land(line, height), c.vertical(top-rise, top+2600, stop{0, lit, 100}, stop{100, mix(lit, body, 75), 100}), 100)
	ripples := new(path)
	for i := range 16 {
		y := top + i*i*16 + 80
		x := summit - side*c.in(900, 6500)
		ripples.move(x, y).bend(x+c.in(400, 700), y-70-c.n(80), x+c.in(1200, 1900), y+c.in(-30, 60))
	}
	c.stroke(ripples, solid(mix(body, m.land[2], 20)), 14, 30)
	// The crest starts exactly on the skyline so that no light shows above it.
	s := line[at]
	p := new(path).move(s.x, s.y)
	fall := height - s.y
	first := max(fall*24/100, rise)
	a := point{s.x + side*rise*6/10, s.y + first}
	b := point{s.x - side*rise, s.y + first + (fall-first)*45/100}
	p.curve(s.x-side*rise/9, s.y+first*45/100, a.x+side*rise/4, a.y-first*30/100, a.x, a.y)
	p.curve(a.x-side*rise/4, a.y+first*30/100, b.x+side*rise/3, b.y-fall/8, b.x, b.y)
	p.curve(b.x-side*rise/3, b.y+fall/8, b.x+side*rise, height-fall/10, b.x+side*rise*2, height)
	edge := width + 800
	if side < 0 {
		edge = -800
	}
	p.line(edge, height)
	rest := line[at:]
	if side < 0 {
		rest = line[:at+1]
	} else {
		rest = reversed(rest)
	}
	p.lines(rest)
	dark := mix(body, m.land[2], 38)
	c.fill(p.close(), c.vertical(top-rise, top+3000, stop{0, dark, 100}, stop{100, mix(dark, body, 45), 100}), 92)
}

func nearest(points []point, x int) int {
	best := 0
	for i, p := range points {
		if abs(p.x-x) < abs(points[best].x-x) {
			best = i
		}
	}
	return best
}

func reversed(points []point) []point {
	out := make([]point, 0, len(points))
	for i := len(points) - 1; i >= 0; i-- {
		out = append(out, points[i])
	}
	return out
}

// caravan is a row of camels far away, their shadows lying towards us.
func (c *canvas) caravan(x, y int) {
	camels, shade := new(path), new(path)
	s := c.in(105, 140)
	for i := range c.in(3, 6) {
		cx, cy := x+i*s*34/10, y+i*s/12
		camels.move(cx-s, cy-s).bend(cx-s, cy-s*14/10, cx-s/2, cy-s*14/10).bend(cx-s/8, cy-s*22/10, cx+s/4, cy-s*14/10).
			line(cx+s*7/10, cy-s*12/10).bend(cx+s*11/10, cy-s*12/10, cx+s*12/10, cy-s*20/10).line(cx+s*16/10, cy-s*20/10).
			line(cx+s*16/10, cy-s*17/10).line(cx+s*14/10, cy-s*17/10).bend(cx+s*13/10, cy-s*8/10, cx+s*8/10, cy-s*7/10)
		for _, leg := range []int{7, 2, -4, -8} {
			camels.line(cx+s*leg/10, cy-s*7/10).line(cx+s*(leg-1)/10, cy).line(cx+s*(leg-2)/10, cy).line(cx+s*(leg-2)/10, cy-s*7/10)
		}
		camels.close()
		shade.lens(cx+s/2, cy+s/3, s*2, s/4)
	}
	c.fill(shade, solid(c.mood.land[2]), 30)
	c.fill(camels, solid(c.mood.tone(96)), 100)
}
