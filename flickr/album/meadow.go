package album

var meadowTitles = []string{
	"In flower, unmown", "Knee-high", "Bees all afternoon", "The field before the hay",
	"Wild and uncounted", "A path of petals", "Something in bloom", "June, roughly",
}

// drawMeadow: hills, and a meadow whose flowers grow from specks in the
// distance to whole blossoms at the viewer's feet.
func drawMeadow(c *canvas) {
	c.ground(grass, 55)
	m := &c.mood
	horizon := c.in(4600, 5200)
	c.skyTo(horizon)
	c.sunAt(c.in(centreLeft, centreRight), horizon-c.in(900, 2900), c.in(340, 600))
	if m.weather == fair && !m.dark {
		for range c.in(2, 4) {
			c.cumulus(c.n(width), c.in(1200, horizon-1300), c.in(1500, 3200), c.in(45, 85))
		}
	} else {
		c.streaks(4, 1000, horizon-500)
	}
	c.ranges(2, horizon-100, horizon+200, 6, 20)
	for i := range 3 {
		line := c.rolling(horizon+250+i*520, 330, 5200-600*i)
		if i == 0 {
			c.pines(line, 26, 330, 30, solid(m.tone(46)))
		}
		top := mix(m.tone(32+i*13), m.glow, 22-5*i)
		c.fill(hill(line, height), c.vertical(horizon+i*500, horizon+1500+i*700, stop{0, top, 100}, stop{100, m.tone(42 + i*13), 100}), 100)
	}
	c.rect(0, horizon+1900, width, height, c.vertical(horizon+1900, height, stop{0, m.tone(66), 0}, stop{100, m.tone(92), 100}), 100)
	c.specks(horizon+1100, 8200)
	c.bank(8350, 300, 170, 76)
	c.blossoms(8200, 9100, 20, 130, 220)
	c.bank(9200, 430, 110, 92)
	c.blossoms(8500, 9500, 15, 270, 430)
}

// specks are flowers too far away to have a shape, larger towards the viewer.
func (c *canvas) specks(top, bottom int) {
	for k := range 4 {
		for size := range 3 {
			p := new(path)
			for range 36 - 5*size {
				t := c.n(1000)
				if t/334 != size {
					continue
				}
				p.dot(c.n(width), top+(bottom-top)*t/1000*(t+500)/1500+c.n(60))
			}
			c.stroke(p, solid(mix(c.mood.accents[k], c.mood.tone(50), 22-8*size)), 40+46*size, 95)
		}
	}
}

// bank is a stand of grass along one height.
func (c *canvas) bank(y, tall, step, near int) {
	line := c.rolling(y, 160, 4200)
	p := new(path)
	c.grass(p, func(x int) int { return heightAt(line, min(max(x, 0), width)) + 60 }, step, tall)
	color := solid(c.mood.tone(near))
	c.fill(p, color, 100)
	c.fill(hill(line, height), color, 100)
}

// blossoms are whole flowers on stems: daisies, poppies and tulips.
func (c *canvas) blossoms(top, bottom, count, small, large int) {
	m := &c.mood
	stems := new(path)
	var petals [4]path
	hearts := new(path)
	for i := range count {
		x := (i*100 + c.n(100)) * width / (count * 100)
		y, r := c.in(top, bottom)-c.n(300), c.in(small, large)
		stems.move(x, y).bend(x+c.in(-r, r), y+r*3, x+c.in(-r, r), min(y+r*7, height+200))
		k := c.n(4)
		switch c.n(3) {
		case 0:
			c.daisy(&petals[k], x, y, r)
			hearts.disc(x, y, r*3/10)
		case 1:
			poppy(&petals[k], x, y, r)
			hearts.disc(x, y-r/10, r/5)
		default:
			tulip(&petals[k], x, y, r)
		}
	}
	c.stroke(stems, solid(m.tone(84)), small/5, 100)
	for k := range petals {
		bright, dim := mix(m.accents[k], white, 18), m.accents[k].vivid(20)
		if m.dark {
			bright, dim = mix(bright, m.land[1], 35), mix(dim, m.land[1], 45)
		}
		c.fill(&petals[k], c.vertical(top-large, bottom+large, stop{0, bright, 100}, stop{100, dim, 100}), 96)
	}
	c.fill(hearts, solid(mix(m.accents[2], m.land[2], 35)), 92)
}

func (c *canvas) daisy(p *path, x, y, r int) {
	turn := c.n(450)
	for i := range 8 {
		a := turn + i*450
		tx, ty := x+r*cos(a)/unit, y+r*sin(a)*8/unit/10
		p.move(x, y).bend(x+r*cos(a-330)/unit, y+r*sin(a-330)*8/unit/10, tx, ty)
		p.bend(x+r*cos(a+330)/unit, y+r*sin(a+330)*8/unit/10, x, y)
	}
}

func poppy(p *path, x, y, r int) {
	p.move(x-r, y-r/3).curve(x-r*8/10, y-r, x-r/4, y-r*9/10, x, y-r*6/10)
	p.curve(x+r/4, y-r*9/10, x+r*8/10, y-r, x+r, y-r/3).curve(x+r*11/10, y+r/2, x+r/3, y+r*8/10, x, y+r*7/10)
	p.curve(x-r/3, y+r*8/10, x-r*11/10, y+r/2, x-r, y-r/3).close()
}

func tulip(p *path, x, y, r int) {
	p.move(x-r*6/10, y-r).bend(x-r/4, y-r*8/10, x-r/5, y-r/2).line(x, y-r*12/10).line(x+r/5, y-r/2)
	p.bend(x+r/4, y-r*8/10, x+r*6/10, y-r).curve(x+r, y, x+r*6/10, y+r*7/10, x, y+r*7/10)
	p.curve(x-r*6/10, y+r*7/10, x-r, y, x-r*6/10, y-r).close()
}
