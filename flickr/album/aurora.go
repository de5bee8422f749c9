package album

var auroraTitles = []string{
	"Curtains", "The sky is awake", "Sixty-eight degrees north", "Quiet fire",
	"They say it hums", "Charged air", "A cold clear hour", "Green over the fell",
}

// drawAurora: curtains of light over a dark fell and its lake. It is always
// night here; the mood gives the colours.
func drawAurora(c *canvas) {
	if !c.mood.dark {
		c.mood = c.mood.in(night)
	}
	m := &c.mood
	shore := c.in(7000, 7400)
	c.rect(0, 0, width, height, c.vertical(0, shore, stop{0, mix(m.sky[0], black, 35), 100}, stop{60, mix(m.sky[1], black, 15), 100}, stop{100, m.sky[2], 100}), 100)
	c.stars(0, shore, 240)
	low, high := c.auroraColours()
	c.beginMirror()
	for i := range 3 {
		c.curtain(3300+i*900+c.in(-300, 500), low, high, 62+16*i)
	}
	c.fellside(shore)
	c.endMirrorDark(shore, low)
	if c.chance(60) {
		c.tent(c.mid(centreLeft+400, centreRight-400), shore+c.in(1500, 1900))
	}
}

// auroraColours keeps to what the upper air can do, green below and violet
// above, unless the mood is another colour.
func (c *canvas) auroraColours() (low, high rgb) {
	m := &c.mood
	if c.hue && m.code != moods[green].code && m.code != moods[ink].code {
		return mix(m.accents[0], m.glow, 20), m.accents[1].vivid(20)
	}
	return 0x5dffb0, 0x7b6cff
}

// curtain is a fold of light: upright strips along a winding line, each bright
// at its foot and fading upwards.
func (c *canvas) curtain(base int, low, high rgb, alpha int) {
	seed, wave := c.next(), c.in(3400, 6000)
	light := c.upright(stop{0, high, 0}, stop{35, high, 35}, stop{70, low, 60}, stop{92, low, 95}, stop{100, low, 0})
	foot := func(x int) int {
		return base + noise(seed, x, wave)*1000/unit + noise(^seed, x, 1100)*160/unit
	}
	for x := -100; x < width; {
		w := c.in(180, 360)
		tall := 1500 + ridged(seed+1, x, 1900, 2)*2300/unit + c.n(350)
		glow := ridged(seed+2, x, 2300, 3) - unit*40/100
		p := new(path).move(x, foot(x)-tall).line(x+w, foot(x+w)-tall).line(x+w, foot(x+w)).line(x, foot(x)).close()
		c.fill(p, light, min(max(alpha*glow*2/unit, 6), 90))
		x += w
	}
}

// fellside is the land: far fells and a row of spruces.
func (c *canvas) fellside(shore int) {
	m := &c.mood
	for i := range 2 {
		seed, rise := c.next(), 1500-600*i
		line := skyline(shore-100, 110, func(x int) int { return ridged(seed, x, 4200, 4) * rise / unit })
		c.fill(land(line, shore), solid(m.tone(35+35*i)), 100)
	}
	line := skyline(shore-60, 640, func(x int) int { return abs(x-middle) / 30 })
	c.pines(line, 70, 900, 75, solid(m.tone(95)))
	c.fill(hill(line, shore), solid(m.tone(95)), 100)
}

// endMirrorDark is endMirror for a lake that has only the sky's light.
func (c *canvas) endMirrorDark(shore int, glow rgb) {
	moon := light{middle, 0, 300}
	keep := c.mood
	c.mood.sun, c.mood.glow = mix(glow, white, 30), glow
	c.endMirror(shore, moon)
	c.mood = keep
	c.rect(0, height-1100, width, 1100, c.vertical(height-1100, height, stop{0, c.mood.land[2], 0}, stop{100, c.mood.land[2], 90}), 100)
}

// tent is lit from within and stands on a spit of land before the water.
func (c *canvas) tent(x, y int) {
	m := &c.mood
	warm := mix(0xffb347, m.accents[0], 25)
	spit := new(path).move(-100, height).line(-100, y+700)
	spit.curve(x-3500, y+300, x-1800, y-40, x, y).curve(x+1600, y+30, x+3600, y+500, width+100, y+800).line(width+100, height).close()
	c.fill(spit, solid(m.tone(97)), 100)
	c.circle(x, y-200, 1700, c.radial(x, y-200, 1700, stop{0, warm, 55}, stop{40, warm, 16}, stop{100, warm, 0}), 100)
	s := 520
	c.fill(new(path).move(x-s, y+30).bend(x-s/5, y-s/3, x, y-s).bend(x+s/5, y-s/3, x+s, y+30).close(),
		c.vertical(y-s, y, stop{0, mix(warm, m.tone(60), 45), 100}, stop{100, mix(warm, white, 35), 100}), 100)
	c.fill(new(path).move(x-s/6, y+30).line(x, y-s*7/10).line(x+s/6, y+30).close(), solid(mix(warm, white, 70)), 90)
	c.stroke(new(path).move(x, y-s).bend(x+s/5, y-s/3, x+s, y+30), solid(m.tone(90)), 22, 70)
}
