package album

// jetty leads from the viewer towards the far shore.
func (c *canvas) jetty(shore int) {
	m := &c.mood
	end, far, near := shore+c.in(1500, 1900), 260, 1150
	x := c.mid(centreLeft+1200, centreRight-1200)
	c.fill(new(path).move(x-far, end+170).line(x+far, end+170).line(x+near+80, height).line(x-near-80, height).close(), solid(m.land[2]), 45)
	posts := new(path)
	for i := range 4 {
		y := lerp(end, height, i*i*10+i*6, 110)
		w := lerp(far, near, y-end, height-end)
		h, thick := 150+(y-end)/9, 34+(y-end)/60
		posts.box(x-w-thick, y-h, thick*2, h*2)
		posts.box(x+w-thick, y-h, thick*2, h*2)
	}
	wood := mix(m.tone(62), m.glow, 22)
	c.fill(posts, solid(m.tone(92)), 100)
	c.fill(new(path).move(x-far, end).line(x+far, end).line(x+near, height).line(x-near, height).close(),
		c.vertical(end, height, stop{0, wood, 100}, stop{100, m.tone(84), 100}), 100)
	gaps := new(path)
	for i := 1; i < 22; i++ {
		y := end + (height-end)*i*i/22/22
		w := lerp(far, near, y-end, height-end)
		gaps.box(x-w, y, 2*w, 8+i*2)
	}
	c.fill(gaps, solid(m.land[2]), 55)
}

// canoe lies on the water with its image below.
func (c *canvas) canoe(x, y int) {
	s := c.in(700, 950)
	m := &c.mood
	c.fill(new(path).move(x-s, y+20).bend(x, y+s/3, x+s, y+20).close(), solid(m.land[2]), 45)
	c.fill(new(path).move(x-s, y-s/5).bend(x-s*8/10, y-s/14, x, y-s/14).bend(x+s*8/10, y-s/14, x+s, y-s/5).
		bend(x+s*8/10, y+s/9, x, y+s/9).bend(x-s*8/10, y+s/9, x-s, y-s/5).close(), solid(mix(m.accents[0], m.land[2], 25)), 100)
	c.fill(new(path).move(x-s*93/100, y-s/7).bend(x-s*8/10, y-s/16, x, y-s/16).bend(x+s*8/10, y-s/16, x+s*93/100, y-s/7).
		bend(x+s*7/10, y, x, y).bend(x-s*7/10, y, x-s*93/100, y-s/7).close(), solid(m.tone(90)), 100)
	c.fill(new(path).lens(x, y+s/5, s*12/10, 22).lens(x+s/3, y+s/3, s/2, 14), solid(m.light()), 45)
}
