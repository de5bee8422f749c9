package album

var roadTitles = []string{
	"Windows down", "Nobody for an hour", "The old engine likes evenings", "Second gear, long bends",
	"Somewhere before the border", "Map left at home", "Radio and dust", "One more pass",
}

// drawRoad: a road that winds towards mountains, with an old car on it.
func drawRoad(c *canvas) {
	c.ground(rock, 30)
	m := &c.mood
	horizon := c.in(5400, 5800)
	c.skyTo(horizon)
	vx := c.mid(centreLeft+1200, centreRight-1200)
	c.sunAt(vx+c.in(-700, 700), horizon-c.in(300, 1500), c.in(600, 950))
	c.streaks(c.in(4, 6), 900, horizon-700)
	c.ranges(4, horizon-900, horizon+100, 2, 34)
	plain := c.rolling(horizon+80, 110, 4400)
	c.fill(hill(plain, height), c.vertical(horizon, height, stop{0, mix(m.tone(40), m.haze(), 35), 100}, stop{40, m.tone(62), 100}, stop{100, m.tone(90), 100}), 100)
	c.tarmac(vx, horizon+60)
	scrub := new(path)
	for i := range 60 {
		t := (i*16 + c.n(16)) * 1000 / 960
		y, x := horizon+150+(height-horizon)*t/1000*(t+200)/1200, c.n(width)
		if w := roadHalf(y, horizon); abs(x-roadAt(vx, y, horizon)) > w*2+200 {
			r := 24 + t*t/9000
			scrub.lens(x, y, r*2, r).disc(x, y-r/3, r)
		}
	}
	c.fill(scrub, solid(mix(m.tone(84), m.accents[3], 10)), 90)
	y := horizon + c.in(2450, 2750)
	c.car(roadAt(vx, y, horizon)+roadHalf(y, horizon)*40/100, y, roadHalf(y, horizon)*62/100)
}

// roadAt is the middle of the road at the height y, roadHalf half its width.
func roadAt(vx, y, horizon int) int {
	d := y - horizon
	return vx + (middle-vx)*d/(height-horizon) + d*sin(d*3600/4600+900)*15/unit/100 - 60
}

func roadHalf(y, horizon int) int { return 40 + (y-horizon)*(y-horizon)/11500 + (y-horizon)/8 }

// tarmac is the road with its edges and the broken line in its middle.
func (c *canvas) tarmac(vx, horizon int) {
	m := &c.mood
	band := func(share, shift int) *path {
		var left, right []point
		for i := range 30 {
			y := horizon + (height+300-horizon)*i*i/841
			x, w := roadAt(vx, y, horizon), roadHalf(y, horizon)
			left = append(left, point{x + w*(shift-share)/100, y})
			right = append(right, point{x + w*(shift+share)/100, y})
		}
		back := reversed(right)
		return new(path).move(left[0].x, left[0].y).smooth(left).line(back[0].x, back[0].y).smooth(back).close()
	}
	c.fill(band(116, 0), solid(mix(m.tone(70), m.glow, 20)), 70)
	c.fill(band(100, 0), c.vertical(horizon, height, stop{0, mix(m.tone(62), m.haze(), 45), 100}, stop{100, mix(m.tone(92), m.sky[0], 14), 100}), 100)
	c.fill(band(3, 90), solid(m.light()), 55)
	c.fill(band(3, -90), solid(m.light()), 55)
	dashes := new(path)
	for i := 3; i < 26; i += 2 {
		y1, y2 := horizon+(height+300-horizon)*i*i/676, horizon+(height+300-horizon)*(i*i+i)/676
		x1, x2, w1, w2 := roadAt(vx, y1, horizon), roadAt(vx, y2, horizon), roadHalf(y1, horizon)/30+2, roadHalf(y2, horizon)/30+2
		dashes.move(x1-w1, y1).line(x1+w1, y1).line(x2+w2, y2).line(x2-w2, y2).close()
	}
	c.fill(dashes, solid(m.accents[2]), 80)
}

// car is seen from behind, its wheels on the line y, s is half its width.
func (c *canvas) car(x, y, s int) {
	m := &c.mood
	paint := mix(m.accents[c.n(2)], m.tone(70), 18)
	if m.dark {
		paint = mix(paint, m.land[1], 40)
	}
	dark := solid(mix(m.land[2], black, 20))
	c.ellipse(x, y, s*115/100, s/8, dark, 50)
	c.fill(new(path).box(x-s*86/100, y-s*34/100, s*30/100, s*36/100).box(x+s*56/100, y-s*34/100, s*30/100, s*36/100), dark, 100)
	cabin := new(path).move(x-s*72/100, y-s*86/100).curve(x-s*62/100, y-s*150/100, x-s*48/100, y-s*158/100, x, y-s*158/100).curve(x+s*48/100, y-s*158/100, x+s*62/100, y-s*150/100, x+s*72/100, y-s*86/100).close()
	c.fill(cabin, c.upright(stop{0, mix(paint, m.glow, 45), 100}, stop{100, paint, 100}), 100)
	glass := new(path).move(x-s*54/100, y-s*96/100).curve(x-s*48/100, y-s*138/100, x-s*40/100, y-s*144/100, x, y-s*144/100).curve(x+s*40/100, y-s*144/100, x+s*48/100, y-s*138/100, x+s*54/100, y-s*96/100).close()
	c.fill(glass, c.upright(stop{0, m.sky[2], 100}, stop{100, mix(m.sky[0], m.land[2], 45), 100}), 100)
	body := new(path).move(x-s*92/100, y-s*18/100).curve(x-s*106/100, y-s*60/100, x-s*98/100, y-s*88/100, x-s*70/100, y-s*92/100).line(x+s*70/100, y-s*92/100).curve(x+s*98/100, y-s*88/100, x+s*106/100, y-s*60/100, x+s*92/100, y-s*18/100).close()
	c.fill(body, c.upright(stop{0, mix(paint, m.glow, 38), 100}, stop{45, paint, 100}, stop{100, mix(paint, m.land[2], 50), 100}), 100)
	c.fill(new(path).box(x-s*100/100, y-s*30/100, s*2, s/10), solid(m.light()), 75)
	c.fill(new(path).box(x-s/5, y-s*52/100, s*2/5, s*16/100), solid(m.light()), 90)
	lamp := mix(0xff5a3c, m.accents[1], 20)
	for _, side := range [2]int{-1, 1} {
		lx := x + side*s*76/100
		c.circle(lx, y-s*58/100, s*45/100, c.radial(lx, y-s*58/100, s*45/100, stop{0, lamp, 60}, stop{100, lamp, 0}), 100)
		c.ellipse(lx, y-s*58/100, s*11/100, s*14/100, solid(lamp), 100)
	}
	if c.chance(65) { // luggage on the roof
		c.fill(new(path).box(x-s*46/100, y-s*188/100, s*58/100, s*28/100).box(x+s*16/100, y-s*180/100, s*34/100, s*20/100), solid(mix(0x8a5a34, m.tone(70), 40)), 100)
		c.fill(new(path).box(x-s*56/100, y-s*162/100, s*112/100, s/22), dark, 100)
	}
}
