package album

// Draw returns the picture with that id as SVG, and false for what no search
// can have given out. The same id gives the same bytes on every machine. A
// picture is under 40 KB, refers to nothing outside itself and holds neither
// script nor text. The caller owns the bytes.
func Draw(id string) ([]byte, bool) {
	p, ok := parse(id)
	if !ok {
		return nil, false
	}
	return p.draw(), true
}

func (p picture) draw() []byte {
	c := &canvas{
		defs: make([]byte, 0, 4<<10),
		body: make([]byte, 0, 28<<10),
		rng:  rng(scramble(uint64(p.seed))),
		mood: moods[p.mood].in(p.weather),
		hue:  p.mood >= red,
	}
	scenes[p.scene].draw(c)
	c.fall()
	c.vignette()
	return c.bytes()
}
