package album

var columnTitles = []string{
	"What the roof remembers", "Before the guidebooks", "Six still standing", "Marble, late in the day",
	"The lizard's house", "Two thousand summers", "Fluted shadow", "Nobody's temple now",
}

// drawColumns: the ruin of a temple on a hill, cypresses beside it.
func drawColumns(c *canvas) {
	c.ground(sand, 25)
	m := &c.mood
	c.skyTo(7200)
	x := c.mid(centreLeft+1100, centreRight-1100)
	side := c.sign()
	c.sunAt(x+side*c.in(300, 1600), c.in(3300, 5200), c.in(700, 1100))
	c.streaks(c.in(3, 6), 900, 5000)
	c.ranges(3, 5700, 7000, 3, 32)
	back := c.rolling(7300, 260, 4400)
	c.fill(hill(back, height), solid(mix(m.tone(50), m.haze(), 24)), 100)
	line := skyline(8150, 500, func(at int) int { return 300 - abs(at-x)*abs(at-x)/90000 })
	for i, d := range []int{-4100, -3500, 3700, 4400, 5000} {
		at := x + d + c.in(-200, 200)
		c.cypress(at, heightAt(line, at)+150, c.in(1900, 2900), 74+i%2*10)
	}
	c.fill(hill(line, height), c.vertical(7800, height, stop{0, mix(m.tone(66), m.glow, 14), 100}, stop{100, m.tone(95), 100}), 100)
	c.temple(x, heightAt(line, x)+40, side)
	grass := new(path)
	c.grass(grass, func(at int) int { return heightAt(line, min(max(at, 0), width)) + 330 }, 130, 190)
	c.fill(grass, solid(m.tone(78)), 100)
}

func (c *canvas) cypress(x, y, tall, near int) {
	p := new(path).move(x, y-tall).curve(x-tall/8, y-tall*6/10, x-tall/8, y-tall/5, x-tall/40, y).line(x+tall/40, y).curve(x+tall/8, y-tall/5, x+tall/8, y-tall*6/10, x, y-tall)
	c.fill(p, c.linear(x-tall/8, 0, x+tall/8, 0, stop{0, mix(c.mood.tone(near), c.mood.glow, 14), 100}, stop{60, c.mood.tone(near), 100}, stop{100, c.mood.tone(96), 100}), 100)
}

// temple is a row of columns on three steps; some have lost their upper half,
// and the beam with half a gable rests on the others.
func (c *canvas) temple(x, y, side int) {
	m := &c.mood
	stone := mix(mix(0xf0e2c6, m.light(), 50), m.tone(40), 16)
	if m.dark {
		stone = mix(m.tone(40), m.glow, 30)
	}
	dim := mix(stone, m.land[2], 38)
	at := func(d int) int { return x + side*d }
	for i := range 3 {
		w := 3250 - 170*i
		c.fill(new(path).box(x-w, y-150-i*130, 2*w, 150+60*b2i(i == 0)), c.upright(stop{0, mix(stone, m.glow, 20), 100}, stop{100, dim, 100}), 100)
	}
	foot := y - 410
	const tall, count, pitch = 2300, 7, 900
	whole := c.in(4, 5) // columns that carry the beam, from one end
	inner := new(path)
	for i := range count {
		if i > 0 && i < whole {
			inner.box(min(at(-2700+i*pitch-450), at(-2700+i*pitch-330)), foot-tall+160, 120, tall-160)
		}
	}
	c.fill(inner, solid(mix(dim, m.haze(), 20)), 100)
	for i := range count {
		cx, h := at(-2700+i*pitch), tall
		if i >= whole {
			h = tall * c.in(24, 72) / 100
		}
		w := 215
		shaft := c.linear(cx-w, 0, cx+w, 0, stop{0, mix(stone, m.glow, 34), 100}, stop{45, stone, 100}, stop{100, mix(dim, m.land[2], 18), 100})
		top := new(path).move(cx-w, foot).line(cx-w*84/100, foot-h)
		if i >= whole {
			top.line(cx-w/3, foot-h-c.n(160)).line(cx+w/4, foot-h+90)
		}
		c.fill(top.line(cx+w*84/100, foot-h+b2i(i >= whole)*c.n(120)).line(cx+w, foot).close(), shaft, 100)
		flutes := new(path)
		for k := -1; k < 2; k++ {
			flutes.move(cx+k*90, foot-60).line(cx+k*76, foot-h+170)
		}
		c.stroke(flutes, solid(dim), 22, 55)
		c.fill(new(path).box(cx-w*12/10, foot-80, w*24/10, 90), shaft, 100)
		if i < whole {
			c.fill(new(path).box(cx-w*13/10, foot-h-90, w*26/10, 110).box(cx-w, foot-h, w*2, 70), shaft, 100)
		}
	}
	end := -2700 + (whole-1)*pitch + 420
	l, r := min(at(-3080), at(end)), max(at(-3080), at(end))
	c.fill(new(path).box(l, foot-tall-330, r-l, 250), c.upright(stop{0, mix(stone, m.glow, 26), 100}, stop{100, dim, 100}), 100)
	c.fill(new(path).box(l-70, foot-tall-410, r-l+140, 90), solid(mix(stone, m.glow, 30)), 100)
	gable := new(path).move(at(-3140), foot-tall-400).line(at(-700), foot-tall-1180).line(at(-420), foot-tall-980).line(at(-560), foot-tall-800).line(at(-150), foot-tall-640).line(at(-40), foot-tall-400).close()
	c.fill(gable, c.upright(stop{0, mix(stone, m.glow, 24), 100}, stop{100, mix(stone, dim, 60), 100}), 100)
	for range 4 { // drums that have fallen
		d, s := c.in(500, 3900), c.in(130, 230)
		c.ellipse(at(d), y+c.in(120, 420)-s/2, s, s*8/10, solid(mix(stone, m.land[2], 30)), 100)
	}
}
