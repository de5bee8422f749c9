package album

var islandTitles = []string{
	"Two palms and a hammock", "Population: gulls", "Out of season", "The small atoll",
	"A message would take years", "Coconut weather", "Anchored off", "Lee side",
}

// drawIsland: a small island with palms before a great sun.
func drawIsland(c *canvas) {
	m := &c.mood
	horizon := c.in(5700, 6100)
	c.skyTo(horizon)
	c.streaks(c.in(5, 8), 1000, horizon-300)
	x := c.mid(centreLeft+1100, centreRight-1100)
	r := c.in(1250, 1650)
	sun := c.sunAt(x+c.in(-400, 400), horizon-c.in(500, 1700), r*7/10)
	sun.r = r / 2
	c.water(horizon, height, sun)
	c.swell(horizon)
	y := horizon + c.in(500, 800)
	half := c.in(1900, 2500)
	c.fill(new(path).lens(x, y+130, half*13/10, 380), solid(mix(m.tone(50), m.accents[3], 30)), 45)
	c.fill(new(path).lens(x, y+60, half*11/10, 230), solid(mix(m.light(), m.glow, 50)), 88)
	c.fill(new(path).move(x-half*85/100, y+30).bend(x-half/3, y-500, x+half/8, y-430).bend(x+half*6/10, y-350, x+half*85/100, y+40).
		bend(x, y+180, x-half*85/100, y+30).close(), c.vertical(y-500, y+100, stop{0, m.tone(78), 100}, stop{100, m.tone(90), 100}), 100)
	side := c.sign()
	c.palm(x+side*c.in(0, 300), y-330, c.in(2500, 3000), side)
	c.palm(x-side*c.in(350, 700), y-300, c.in(1800, 2300), -side)
	if c.chance(60) {
		c.palm(x-side*c.in(800, 1100), y-200, c.in(1100, 1500), -side)
	}
	bushes := new(path)
	for range 22 {
		bushes.disc(x+c.mid(-half*7/10, half*7/10), y-c.in(130, 330), c.in(70, 190))
	}
	c.fill(bushes, solid(m.tone(90)), 100)
	if c.chance(60) {
		c.sailboat(x+side*c.in(2100, 3300), horizon+c.in(60, 200))
	}
	c.birds(x-side*c.in(800, 1800), horizon-c.in(2400, 3600), c.in(3, 7), 140)
}

// palm leans to one side, its foot at (x, y).
func (c *canvas) palm(x, y, tall, side int) {
	dark := solid(c.mood.tone(95))
	tx, ty := x+side*tall*c.in(18, 42)/100, y-tall
	w := tall / 34
	bx, by := x+side*tall/20, y-tall*55/100
	c.fill(new(path).move(x-w*3/2, y+60).bend(bx-w, by, tx-w/2, ty).line(tx+w/2, ty).bend(bx+w, by, x+w*3/2, y+60).close(), dark, 100)
	fronds := new(path)
	for i := range 9 {
		a := i*400 + c.in(-130, 130)
		l := tall * c.in(34, 46) / 100
		// The tip hangs: the further out, the lower.
		ex, ey := tx+l*cos(a)/unit, ty-l*sin(a)*6/unit/10+l*45/100
		cx, cy := tx+l*cos(a)*6/unit/10, ty-l*sin(a)*7/unit/10-l*30/100
		fronds.move(tx, ty-w).bend(cx, cy-l/12, ex, ey).bend(cx+w, cy+l/6, tx, ty+w).close()
		for k := 2; k < 8; k++ {
			// Leaflets hang from points along the rib.
			u := k * 12
			qx := (tx*(100-u)*(100-u) + 2*cx*u*(100-u) + ex*u*u) / 10000
			qy := (ty*(100-u)*(100-u) + 2*cy*u*(100-u) + ey*u*u) / 10000
			fronds.move(qx-w/2, qy).line(qx+(ex-tx)/12, qy+l*c.in(16, 26)/100).line(qx+w, qy).close()
		}
	}
	c.fill(fronds, dark, 100)
	c.fill(new(path).disc(tx-w, ty+w, w).disc(tx+w, ty+w*3/2, w), dark, 100)
}
