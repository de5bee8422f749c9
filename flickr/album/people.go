package album

var peopleTitles = []string{
	"All of us, facing west", "Wait for me", "Same hill, every year", "Hand in hand",
	"The walk back", "Nobody said a word", "Just before it set", "Those who stayed",
}

var onlookerTitles = []string{
	"Third leg in the grass", "One more exposure", "Waiting for the light", "Worth the climb",
	"Manual focus", "Up since four", "The whole valley in frame", "Hold still, sun",
}

var kiteTitles = []string{
	"Let out more string", "Wind enough", "Run!", "It pulls like a fish",
	"Tail of ribbons", "Up, up", "The good corner of the hill", "Never mind dinner",
}

var cyclingTitles = []string{
	"Downhill from here", "Second wind", "The last climb", "Freewheel",
	"Saddle time", "Towards the coast road", "Chain and crickets", "No hands soon",
}

// drawPeople: a couple, a family or friends who watch the sun go down.
func drawPeople(c *canvas) {
	c.ridge(func(x, y, side int, p paint) {
		tall := c.in(2300, 2500)
		at := func(d int) int { return x + side*d*tall/1000 }
		c.figure(man, at(-230), y, tall, 1, p)
		c.figure(woman, at(230), y, tall*95/100, 1, p)
		hands := new(path)
		switch c.n(3) {
		case 0: // a couple, hand in hand
			hands.move(at(-70), y-tall*46/100).line(at(90), y-tall*45/100)
		case 1: // a family
			c.figure(child, at(0), y+20, tall*52/100, 1, p)
			hands.move(at(-70), y-tall*45/100).line(at(-75), y-tall*30/100).move(at(85), y-tall*43/100).line(at(75), y-tall*30/100)
			if c.chance(60) {
				c.figure(dog, at(c.in(620, 760)), y+60, tall*40/100, side, p)
			}
		default: // friends
			c.figure(man, at(-680), y+40, tall*98/100, 1, p)
			c.figure(woman, at(660), y+40, tall*92/100, 1, p)
			c.figure(man, at(1080), y+100, tall*102/100, 1, p)
		}
		c.stroke(hands, p, tall/22, 100)
	})
}

func drawOnlooker(c *canvas) {
	c.ridge(func(x, y, side int, p paint) {
		c.figure(photographer, x-side*c.in(300, 600), y, c.in(2700, 2900), side, p)
	})
}

func drawCyclist(c *canvas) {
	c.ridge(func(x, y, side int, p paint) {
		c.figure(cyclist, x+side*c.in(-200, 200), y, c.in(2700, 2950), side, p)
	})
}

// drawKite: a child who flies a kite in the mood's accents.
func drawKite(c *canvas) {
	c.ridge(func(x, y, side int, p paint) {
		m := &c.mood
		fx, s := x-side*c.in(900, 1300), c.in(1450, 1650)
		c.figure(runner, fx, y, s, side, p)
		kx, ky, r := x+side*c.in(900, 1500), c.in(1900, 2700), c.in(560, 680)
		hx, hy := fx+side*s*26/100, y-s*9/10
		c.stroke(new(path).move(hx, hy).bend((hx+kx)/2+side*400, (hy+ky)/2+900, kx, ky), p, 12, 80)
		ink := [4]rgb{m.accents[0], mix(m.accents[1], m.light(), 20), m.accents[2], mix(m.accents[0], m.land[2], 30)}
		corner := [4]point{{kx - side*r/6, ky - r*11/10}, {kx + side*r*8/10, ky - r*25/100}, {kx + side*r/5, ky + r*14/10}, {kx - side*r*8/10, ky + r/8}}
		for i := range corner {
			a, b := corner[i], corner[(i+1)%4]
			color := ink[i]
			if m.dark {
				color = mix(color, m.land[1], 35)
			}
			c.fill(new(path).move(kx, ky).line(a.x, a.y).line(b.x, b.y).close(), solid(color), 100)
		}
		tail, bows := new(path), new(path)
		tx, ty := corner[2].x, corner[2].y
		tail.move(tx, ty)
		for range 5 {
			nx, ny := tx-side*c.in(120, 300), ty+r*34/100
			tail.bend(tx+side*200, ty+r/5, nx, ny)
			bows.move(nx-110, ny-60).line(nx+110, ny+60).line(nx+110, ny-60).line(nx-110, ny+60).close()
			tx, ty = nx, ny
		}
		c.stroke(tail, p, 12, 90)
		c.fill(bows, solid(ink[0]), 100)
		if c.chance(60) {
			c.figure(man, fx-side*c.in(1500, 2000), y+90, s*14/10, 1, p)
		}
	})
}
