package album

var beachTitles = []string{
	"Third towel from the left", "Salt on everything", "The tide brings nothing back", "Shade for rent",
	"Sandcastle, unguarded", "One more swim", "Barefoot since June", "The wind takes the page",
}

// drawBeach: parasols on the sand, the surf behind them and a wide sea.
func drawBeach(c *canvas) {
	m := &c.mood
	horizon := c.in(4300, 4700)
	c.skyTo(horizon)
	x, side := c.mid(centreLeft+1300, centreRight-1300), c.sign()
	sun := c.sunAt(x+side*c.in(-900, 900), horizon-c.in(500, 2200), c.in(380, 620))
	c.streaks(c.in(3, 6), 900, horizon-500)
	if c.chance(60) {
		c.headland(horizon)
	}
	c.water(horizon, height, sun)
	c.swell(horizon)
	c.sailboat(x-side*c.in(1300, 2300), horizon+c.in(100, 300))
	c.ground(sand, 60) // not before: the sea takes its colour from the land
	shore := skyline(6500, 400, func(at int) int { return side*(at-middle)*9/100 + sin(at*3600/5200+side*400)*170/unit })
	foam := func(up, alpha int) {
		line := make([]point, len(shore))
		for i, p := range shore {
			line[i] = point{p.x, p.y - up + sin(p.x*3600/1900+up*7)*60/unit}
		}
		c.fill(hill(line, height), solid(m.light()), alpha)
	}
	foam(420, 16)
	foam(230, 30)
	foam(70, 82)
	beach := mix(m.tone(46), m.glow, 34)
	c.fill(hill(shifted(shore, 30), height), solid(mix(m.tone(62), m.sky[2], 25)), 100)
	c.fill(hill(shifted(shore, 420), height), c.vertical(6300, height, stop{0, mix(beach, m.glow, 18), 100}, stop{50, beach, 100}, stop{100, m.tone(72), 100}), 100)
	pebbles := new(path)
	for range 70 {
		px := c.n(width)
		pebbles.lens(px, heightAt(shore, px)+c.in(700, 3300), c.in(20, 70), c.in(8, 20))
	}
	c.fill(pebbles, solid(m.tone(78)), 45)
	c.parasol(x+side*c.in(3600, 4600), 7700, c.in(900, 1050), -side)
	c.parasol(x-side*c.in(3300, 4300), 7900, c.in(1000, 1200), side)
	c.parasol(x+side*c.in(0, 400), 8900, c.in(1650, 1850), side)
	c.birds(x+side*c.in(1200, 2400), c.in(2300, 3400), c.in(4, 7), 140)
}

// parasol stands in the sand at (x, y) with a deckchair below it; r is half the
// width of its canopy.
func (c *canvas) parasol(x, y, r, side int) {
	m := &c.mood
	tall := r * 150 / 100
	c.ellipse(x-side*r/3, y+r/12, r*11/10, r/6, solid(m.land[2]), 26)
	c.deckchair(x+side*r*7/10, y+r/14, r*56/100, side)
	tx, ty := x+side*r/6, y-tall
	pole := solid(mix(m.light(), m.tone(70), 30))
	c.stroke(new(path).move(x, y+r/10).line(tx, ty-r/2), pole, max(r/22, 20), 100)
	inks := [2]rgb{m.accents[c.n(2)], mix(m.light(), m.accents[2], 30)}
	if m.dark {
		inks[0], inks[1] = mix(inks[0], m.land[1], 45), mix(inks[1], m.land[1], 55)
	}
	edge := func(v int) point { // along the lower edge of the canopy, -100 to 100
		return point{tx + r*v/100, ty + side*r*v*9/10000 - r/14*(10000-v*v)/10000}
	}
	top := point{tx - side*r/22, ty - r*62/100}
	for i := range 6 {
		a, b := edge(-100+i*200/6), edge(-100+(i+1)*200/6)
		bow := func(p *path, from, to point, out int) {
			p.bend((from.x+to.x)/2+(from.x+to.x-2*tx)*out/200, min(from.y, to.y)-(max(from.y, to.y)-min(from.y, to.y))*12/100, to.x, to.y)
		}
		p := new(path).move(top.x, top.y)
		bow(p, top, b, 32)
		p.bend((a.x+b.x)/2, (a.y+b.y)/2-r/12, a.x, a.y)
		bow(p, a, top, 32)
		color := inks[i%2]
		c.fill(p.close(), c.linear(tx-r, 0, tx+r, 0, stop{0, mix(color, m.glow, 30), 100}, stop{50, color, 100}, stop{100, mix(color, m.land[2], 35), 100}), 100)
	}
	c.circle(top.x, top.y-r/40, max(r/26, 12), pole, 100)
}

func (c *canvas) deckchair(x, y, s, side int) {
	m := &c.mood
	at := func(dx, dy int) (int, int) { return x + side*dx*s/100, y - dy*s/100 }
	line := func(p *path, ax, ay, bx, by int) {
		x1, y1 := at(ax, ay)
		x2, y2 := at(bx, by)
		p.move(x1, y1).line(x2, y2)
	}
	wood, cloth := new(path), new(path)
	line(wood, -70, 0, 100, 96)
	line(wood, 66, 0, -56, 46)
	line(wood, -56, 46, -80, 40)
	x1, y1 := at(-58, 46)
	x2, y2 := at(98, 96)
	cx, cy := at(0, 2)
	cloth.move(x1, y1).bend(cx, cy, x2, y2)
	c.stroke(wood, solid(mix(m.tone(84), 0x8a5a34, 40)), s/14, 100)
	color := mix(m.accents[3], m.light(), 20)
	if m.dark {
		color = mix(color, m.land[1], 50)
	}
	c.stroke(cloth, solid(color), s/9, 100)
}
