package album

// weather is what may be added to any scene in any mood.
type weather int

const (
	fair weather = iota
	night
	snow
	rain
	fog
)

var weatherCodes = [...]string{night: "ngt", snow: "snw", rain: "rnf", fog: "fgg"}

var weatherByCode = map[string]weather{"ngt": night, "snw": snow, "rnf": rain, "fgg": fog}

// in returns the palette as it is in that weather: the colours keep their hue,
// so that a red mountain in the rain is still red.
func (p palette) in(w weather) palette {
	switch w {
	case night:
		if !p.dark {
			p.each(func(c rgb) rgb { return mix(c.vivid(20), 0x050918, 66) })
			p.glow, p.sun = mix(p.glow, p.sky[3], 30), mix(p.sun, 0xe8eeff, 50)
			p.dark = true
		}
	case snow:
		p.weather = snow
		if !p.dark {
			p.each(func(c rgb) rgb { return mix(c, 0xe9f0f6, 38) })
		}
	case rain:
		p.weather = rain
		p.each(func(c rgb) rgb { return mix(c.grey(40), 0x47545e, 30) })
	case fog:
		p.weather = fog
		if !p.dark {
			p.each(func(c rgb) rgb { return mix(c.grey(30), 0xdcdfdc, 25) })
		}
	}
	return p
}

// each changes the sky and the land.
func (p *palette) each(change func(rgb) rgb) {
	for i := range p.sky {
		p.sky[i] = change(p.sky[i])
	}
	for i := range p.land {
		p.land[i] = change(p.land[i])
	}
}

// fall draws what comes down, over everything else.
func (c *canvas) fall() {
	switch c.mood.weather {
	case snow:
		c.snowfall()
	case rain:
		c.rainfall()
	case fog:
		for i := range 3 {
			y := 4300 + 1700*i + c.in(-400, 400)
			c.mist(y, 1500, mix(c.mood.haze(), c.mood.tone(30), 12*i), 46-8*i)
		}
	}
}

// snowfall is in three depths: many small flakes, few large and soft ones.
func (c *canvas) snowfall() {
	for depth, count := range []int{165, 78, 24} {
		p := new(path)
		for range count {
			p.dot(c.n(width), c.n(height))
		}
		c.stroke(p, solid(white), []int{28, 52, 105}[depth], []int{60, 62, 38}[depth])
	}
}

func (c *canvas) rainfall() {
	slant := c.in(10, 26) * c.sign()
	for depth, count := range []int{130, 60} {
		p := new(path)
		for range count {
			x, y, l := c.n(width), c.n(height), c.in(180, 420)*(depth+1)
			p.move(x, y).line(x+l*slant/100, y+l)
		}
		c.stroke(p, solid(c.mood.light()), 9+7*depth, 24+4*depth)
	}
}

// mist is a band of air around the height y, fading up and down.
func (c *canvas) mist(y, half int, color rgb, alpha int) {
	c.rect(0, y-half, width, 2*half, c.vertical(y-half, y+half,
		stop{0, color, 0}, stop{50, color, alpha}, stop{100, color, 0}), 100)
}
