package album

// pine adds a conifer with its foot at (x, y).
func (p *path) pine(x, y, tall, tiers int) {
	half := tall * 22 / 100
	p.move(x, y-tall)
	for i := 1; i <= tiers; i++ {
		w, ty := half*i/tiers, y-tall+tall*92/100*i/tiers
		p.line(x+w, ty)
		if i < tiers {
			p.line(x+w*55/100, ty-tall/tiers/8)
		}
	}
	trunk := tall/40 + 2
	p.line(x+trunk, y-tall*8/100).line(x+trunk, y).line(x-trunk, y).line(x-trunk, y-tall*8/100)
	for i := tiers; i > 0; i-- {
		w, ty := half*i/tiers, y-tall+tall*92/100*i/tiers
		if i < tiers {
			p.line(x-w*55/100, ty-tall/tiers/8)
		}
		p.line(x-w, ty)
	}
	p.close()
}

// pines sets trees along a skyline; open leaves the middle free where the
// subject is, 0 to 100.
func (c *canvas) pines(line []point, count, tall, open int, p paint) {
	wood := new(path)
	for i := range count {
		x := (i*100+c.n(100))*width/(count*100) + 1
		h := tall * c.in(50, 110) / 100
		if d := abs(x - middle); d < 3600*open/100 {
			h = h * (20 + 80*d/3600) / 100
			if c.chance(open * 8 / 10) {
				continue
			}
		}
		tiers := 3 + min(h/500, 4) // far trees need no detail
		wood.pine(x, heightAt(line, x)+h/10, h, tiers)
	}
	c.fill(wood, p, 100)
}

// trunk adds a bare stem from the ground to beyond the top, slightly bent.
func (p *path) trunk(x, top, foot, w, lean int) {
	p.move(x-w, foot).bend(x-w*6/10+lean/2, (top+foot)/2, x-w*7/10+lean, top)
	p.line(x+w*7/10+lean, top).bend(x+w*6/10+lean/2, (top+foot)/2, x+w*12/10, foot).close()
}

// grass adds blades along a line of y, leaning with the wind.
func (c *canvas) grass(p *path, y func(x int) int, step, tall int) {
	for x := -step; x < width+step; x += step + c.n(step) {
		h, foot := tall*c.in(45, 120)/100, y(x)
		lean := c.in(-h/3, h/2)
		p.move(x-h/16-4, foot).bend(x, foot-h/2, x+lean, foot-h).bend(x+h/20+4, foot-h/2, x+h/16+8, foot)
	}
}
