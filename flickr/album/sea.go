package album

var seaTitles = []string{"Low tide, late light"}

func drawSea(c *canvas) {
	horizon := 5400
	m := &c.mood
	c.rect(0, 0, width, height, c.vertical(0, horizon, stop{0, m.sky[0], 100}, stop{40, m.sky[1], 100}, stop{78, m.sky[2], 100}, stop{100, m.sky[3], 100}), 100)
	c.rect(0, horizon, width, height-horizon, c.vertical(horizon, height, stop{0, m.sky[2], 100}, stop{100, m.land[2], 100}), 100)
}
