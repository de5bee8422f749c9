package album

var rowTitles = []string{
	"Stripes, running north", "The mill is turning", "Ten acres of colour", "Furrow after furrow",
	"Bulb fields", "Wind from the sea side", "Planted by ruler", "A good year for it",
}

// drawRows: a field in rows of flowers that meet at the horizon, with a windmill.
func drawRows(c *canvas) {
	c.ground(grass, 50)
	m := &c.mood
	horizon := c.in(5300, 5700)
	c.skyTo(horizon)
	x := c.mid(centreLeft+900, centreRight-900)
	c.sunAt(x+c.sign()*c.in(900, 2000), horizon-c.in(600, 2600), c.in(380, 620))
	if m.weather == fair && !m.dark {
		for range c.in(2, 4) {
			c.cumulus(c.n(width), c.in(1000, horizon-1600), c.in(1600, 3400), c.in(45, 80))
		}
	} else {
		c.streaks(4, 1000, horizon-600)
	}
	far := c.rolling(horizon-120, 160, 4600)
	c.pines(far, 44, 260, 0, solid(m.tone(34)))
	c.fill(hill(far, height), solid(m.tone(36)), 100)
	c.furrows(middle+(x-middle)/2, horizon)
	side := c.sign()
	c.mill(x+side*c.in(300, 700), horizon+260, c.in(2300, 2800))
	c.bank(9650, 300, 110, 94)
}

// furrows fan out from a vanishing point a little above the horizon.
func (c *canvas) furrows(vx, horizon int) {
	m := &c.mood
	vy := horizon - 260
	const half = 15
	spacing := c.in(1500, 2100)
	order := c.n(4)
	c.rect(0, horizon, width, height-horizon, c.vertical(horizon, height, stop{0, m.tone(48), 100}, stop{100, m.tone(86), 100}), 100)
	for k := -half; k < half; k++ {
		hue := m.accents[abs(k+order+100)%4]
		if (k+100)%5 == 0 {
			hue = m.tone(45)
		}
		if m.dark {
			hue = mix(hue, m.land[1], 60)
		}
		at := func(k100, y int) int { return vx + spacing*k100/100*(y-vy)/(height-vy)*2 }
		bed := func(from, to int) *path {
			return new(path).move(at(from, horizon), horizon).line(at(to, horizon), horizon).line(at(to, height), height).line(at(from, height), height).close()
		}
		paint := c.vertical(horizon, height, stop{0, mix(hue, m.haze(), 48), 100}, stop{35, hue, 100}, stop{100, mix(hue, m.land[2], 52), 100})
		c.fill(bed(100*k+12, 100*k+88), paint, 100)
		c.fill(bed(100*k+60, 100*k+88), solid(m.land[2]), 20)
		if abs(k) > 5 {
			continue // too far aside to tell one blossom from another
		}
		heads := new(path)
		for i := range 24 {
			y := horizon + (height-horizon)*(i+1)*(i+8)/780
			heads.dot(at(100*k+c.in(18, 80), y), y-c.n(80))
		}
		c.stroke(heads, solid(mix(hue, m.glow, 40)), 46, 55)
	}
}

// mill is a Dutch windmill with its foot at (x, y).
func (c *canvas) mill(x, y, tall int) {
	m := &c.mood
	body := tall * 62 / 100
	low, top := tall*17/100, tall*10/100
	wall := mix(m.tone(72), m.accents[1], 12)
	c.fill(new(path).lens(x, y+20, low*2, 70), solid(m.land[2]), 35)
	c.fill(new(path).move(x-low, y).line(x-top, y-body).line(x+top, y-body).line(x+low, y).close(),
		c.linear(x-low, 0, x+low, 0, stop{0, mix(wall, m.glow, 35), 100}, stop{50, wall, 100}, stop{100, m.tone(92), 100}), 100)
	c.fill(new(path).move(x-top*12/10, y-body+10).bend(x-top, y-body-top*2, x, y-body-top*2).bend(x+top, y-body-top*2, x+top*12/10, y-body+10).close(), solid(m.tone(92)), 100)
	c.fill(new(path).box(x-low*12/10, y-body*36/100, low*24/10, 50).box(x-low/4, y-low, low/2, low).box(x-low/8, y-body*62/100, low/4, low/3), solid(m.tone(95)), 100)
	hx, hy := x, y-body-top/2
	turn := c.n(900)
	spars, cloth := new(path), new(path)
	for i := range 4 {
		a := turn + i*900
		l := tall * 46 / 100
		ux, uy := cos(a), sin(a)
		at := func(along, across int) (int, int) {
			return hx + (l*along/100*ux-l*across/100*uy)/unit, hy + (l*along/100*uy+l*across/100*ux)/unit
		}
		ex, ey := at(100, 0)
		spars.move(hx, hy).line(ex, ey)
		for k := range 7 {
			ax, ay := at(24+k*12, 0)
			bx, by := at(24+k*12, 20)
			spars.move(ax, ay).line(bx, by)
		}
		ax, ay := at(24, 2)
		bx, by := at(24, 20)
		dx, dy := at(96, 20)
		fx, fy := at(96, 2)
		cloth.move(ax, ay).line(bx, by).line(dx, dy).line(fx, fy).close()
	}
	c.fill(cloth, solid(mix(m.light(), m.tone(40), 12)), 82)
	c.stroke(spars, solid(m.tone(95)), tall/110, 100)
	c.circle(hx, hy, tall/50, solid(m.tone(97)), 100)
}
