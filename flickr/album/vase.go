package album

var vaseTitles = []string{
	"Cut this morning", "Water changed daily", "Petals on the sill", "From nobody in particular",
	"A week at most", "The tall ones lean", "Picked along the ditch", "Better by the window",
}

var windowCatTitles = []string{
	"On duty", "The bird channel", "Hers, all of it", "Warm stone, open view",
	"Nothing escapes", "Supper is late", "Tail says maybe", "The long watch",
}

func drawVase(c *canvas) { c.sill(c.vase) }

// drawCat: a cat on a window sill, looking out.
func drawCat(c *canvas) {
	c.sill(func(x, y int) {
		m := &c.mood
		fur := [4]rgb{m.tone(94), mix(0x8a4a1e, m.tone(80), 35), mix(m.tone(60), m.land[2], 45), mix(m.light(), m.tone(60), 25)}[c.n(4)]
		if m.dark {
			fur = mix(fur, m.land[2], 60)
		}
		size, side := c.in(3300, 3600), c.sign()
		c.under(x, y, size/3)
		// The light of the window shows along its edge.
		c.figure(cat, x, y-20, size*1025/1000, side, solid(mix(fur, m.glow, 55)))
		c.figure(cat, x, y, size, side, solid(fur))
		c.whiskers(x, y, size, mix(fur, m.glow, 22))
		if c.chance(55) {
			c.pot(x-side*c.in(2300, 2900), y-60, c.in(520, 640))
		}
	})
}

// whiskers are the inner ears and the stripes of the cat's back.
func (c *canvas) whiskers(x, y, size int, color rgb) {
	p := new(path)
	for _, side := range [2]int{-1, 1} {
		at := func(dx, dy int) (int, int) { return x + side*dx*size/1000, y - dy*size/1000 }
		ax, ay := at(200, 985)
		bx, by := at(128, 915)
		dx, dy := at(178, 890)
		p.move(ax, ay).line(bx, by).line(dx, dy).close()
	}
	c.fill(p, solid(color), 60)
	stripes := new(path)
	for i := range 4 {
		w, h := size*(60+i*22)/1000, size*(560-i*95)/1000
		stripes.move(x-w, y-h+w/6).bend(x, y-h-w/3, x+w, y-h+w/6)
	}
	c.stroke(stripes, solid(color), size/60, 45)
}

// pot is a small plant.
func (c *canvas) pot(x, y, r int) {
	m := &c.mood
	clay := mix(0xb5653a, m.accents[1], 30)
	c.under(x, y, r)
	leaves := new(path)
	for i := range 11 {
		a := 300 + i*120 + c.in(-60, 60)
		l := r * c.in(130, 210) / 100
		ex, ey := x+l*cos(a)/unit, y-r-l*sin(a)/unit
		nx, ny := l*sin(a)/unit/5, l*cos(a)/unit/5
		leaves.move(x, y-r).bend((x+ex)/2-nx, (y-r+ey)/2-ny, ex, ey).bend((x+ex)/2+nx, (y-r+ey)/2+ny, x, y-r)
	}
	c.fill(leaves, solid(mix(mix(m.tone(58), 0x4d8a4a, 35), m.land[2], 12)), 100)
	c.fill(new(path).move(x-r*6/10, y-r).line(x+r*6/10, y-r).line(x+r*45/100, y).line(x-r*45/100, y).close(), c.gloss(x, y-r/2, r, clay), 100)
	c.fill(new(path).box(x-r*68/100, y-r*115/100, r*136/100, r/4), c.gloss(x, y-r, r, mix(clay, m.glow, 10)), 100)
}

// vase holds a loose bunch of flowers.
func (c *canvas) vase(x, y int) {
	m := &c.mood
	r, tall := c.in(560, 640), c.in(1550, 1750)
	c.under(x, y, r*13/10)
	neck := y - tall
	stems, leaves := new(path), new(path)
	type bloom struct{ x, y, r int }
	var blooms []bloom
	for i := range 11 {
		spread := (i%2*2 - 1) * (i + 1) / 2
		bx, by := x+spread*330+c.in(-110, 110), neck-c.in(900, 2500)+abs(spread)*230
		stems.move(x+spread*36, neck+260).bend(x+spread*90, (neck+by)/2, bx, by)
		blooms = append(blooms, bloom{bx, by, c.in(270, 400)})
		if i%2 == 0 {
			lx, ly, s := x+spread*200, neck-c.in(100, 700), c.sign()
			leaves.move(lx, ly).bend(lx+s*260, ly-420, lx+s*560, ly-360).bend(lx+s*260, ly+60, lx, ly)
		}
	}
	green := mix(mix(m.tone(60), 0x4d8a4a, 35), m.land[2], 14)
	c.stroke(stems, solid(green), 40, 100)
	c.fill(leaves, solid(green), 100)
	for _, b := range blooms {
		c.head(b.x, b.y, b.r)
	}
	glass := mix(m.accents[3], m.sky[1], 40)
	body := new(path).move(x-r*55/100, neck).curve(x-r*35/100, neck+tall/4, x-r*12/10, y-tall/3, x-r*6/10, y).line(x+r*6/10, y).curve(x+r*12/10, y-tall/3, x+r*35/100, neck+tall/4, x+r*55/100, neck).bend(x, neck+r/6, x-r*55/100, neck)
	c.fill(body, c.gloss(x, y-tall/2, r*16/10, glass), 100)
	c.stroke(new(path).move(x-r*60/100, y-tall*28/100).bend(x-r*78/100, y-tall*38/100, x-r*50/100, y-tall*58/100), solid(white), r/9, 40)
}

// head is one blossom of the bunch around (x, y).
func (c *canvas) head(x, y, r int) {
	m := &c.mood
	color := m.accents[c.n(4)]
	if m.dark {
		color = mix(color, m.land[1], 35)
	}
	petals := new(path)
	switch c.n(3) {
	case 0:
		c.daisy(petals, x, y, r)
		c.fill(petals, solid(mix(color, white, 20)), 100)
		c.circle(x, y, r*3/10, solid(mix(m.accents[2], 0xc98a1e, 55)), 100)
	case 1: // a peony: petals in petals
		for ring := range 3 {
			p := new(path)
			for i := range 7 - ring {
				a := i*3600/(7-ring) + ring*260
				d := r * (62 - 24*ring) / 100
				p.disc(x+d*cos(a)/unit, y+d*8/10*sin(a)/unit, r*(46-9*ring)/100)
			}
			c.fill(p, solid(mix(mix(color, m.land[2], 26-13*ring), white, 12*ring)), 100)
		}
	default:
		poppy(petals, x, y, r)
		c.fill(petals, c.upright(stop{0, mix(color, white, 28), 100}, stop{100, mix(color, m.land[2], 26), 100}), 100)
		c.circle(x, y-r/12, r/5, solid(m.tone(90)), 90)
	}
}
