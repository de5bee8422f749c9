package album

var fruitTitles = []string{
	"Still life with a window", "From the market", "The blue bowl", "Ripe by tomorrow",
	"Help yourself", "Breakfast for one painter", "Round things", "Kitchen light",
}

var cupTitles = []string{
	"First one of the day", "Too hot to drink", "Ten minutes of nothing", "Steam and hills",
	"The second cup", "Before anybody calls", "Refill", "A saucer for company",
}

func drawFruit(c *canvas) { c.sill(c.bowl) }
func drawCup(c *canvas)   { c.sill(c.cup) }

// bowl holds fruit; two more lie beside it.
func (c *canvas) bowl(x, y int) {
	m := &c.mood
	r := c.in(1550, 1700)
	rim := y - r*72/100
	c.under(x, y, r)
	kinds := [4]rgb{0xd8402f, 0xf09a2e, 0xb9c44a, 0xf2cf4a}
	for i := range kinds {
		kinds[i] = mix(kinds[i], m.accents[i], 25+20*b2i(c.hue))
	}
	turn := c.n(4)
	c.pear(x+r*44/100, rim-r*14/100, r*34/100, kinds[2])
	for i, f := range [][3]int{{-58, -16, 36}, {6, -44, 37}, {-26, -4, 40}, {22, -2, 38}, {64, 2, 32}} {
		c.roundFruit(x+r*f[0]/100, rim+r*f[1]/100, r*f[2]/100, kinds[(i+turn)%4])
	}
	shell := mix(m.accents[3], m.sky[0], 45)
	body := new(path).move(x-r, rim).bend(x-r*92/100, y-r*6/100, x-r*34/100, y-r*5/100).line(x-r*30/100, y).line(x+r*30/100, y).line(x+r*34/100, y-r*5/100).bend(x+r*92/100, y-r*6/100, x+r, rim).bend(x, rim+r*16/100, x-r, rim)
	c.fill(body, c.gloss(x, rim+r/4, r, shell), 100)
	c.stroke(new(path).move(x-r, rim).bend(x, rim+r*16/100, x+r, rim), solid(mix(shell, m.light(), 60)), r/26, 90)
	c.stroke(new(path).move(x-r*88/100, rim+r*28/100).bend(x, rim+r*46/100, x+r*88/100, rim+r*28/100), solid(mix(shell, m.light(), 40)), r/40, 60)
	side := c.sign()
	c.under(x+side*r*128/100, y+120, r*26/100)
	c.roundFruit(x+side*r*128/100, y+120-r*25/100, r*27/100, kinds[(turn+2)%4])
}

// roundFruit is an apple or an orange around (x, y).
func (c *canvas) roundFruit(x, y, r int, color rgb) {
	c.circle(x, y, r, c.gloss(x, y, r, color), 100)
	c.ellipse(x-r*35/100, y-r*45/100, r*20/100, r*12/100, solid(white), 26)
	lean := c.sign() * r / 8
	c.stroke(new(path).move(x, y-r*84/100).bend(x, y-r, x+lean, y-r*122/100), solid(c.mood.tone(88)), max(r/12, 10), 100)
	if c.chance(60) {
		lx, ly := x+lean, y-r*108/100
		c.fill(new(path).move(lx, ly).bend(lx+lean*3, ly-r*34/100, lx+lean*6, ly-r/10).bend(lx+lean*3, ly+r/8, lx, ly), solid(mix(c.mood.tone(58), 0x5f8f3e, 40)), 100)
	}
}

func (c *canvas) pear(x, y, r int, color rgb) {
	p := new(path).move(x, y-r*19/10).curve(x-r*5/10, y-r*19/10, x-r*4/10, y-r*9/10, x-r*8/10, y-r*4/10).curve(x-r*13/10, y+r*3/10, x-r*8/10, y+r, x, y+r).
		curve(x+r*8/10, y+r, x+r*13/10, y+r*3/10, x+r*8/10, y-r*4/10).curve(x+r*4/10, y-r*9/10, x+r*5/10, y-r*19/10, x, y-r*19/10).close()
	c.fill(p, c.gloss(x, y, r*13/10, color), 100)
	c.stroke(new(path).move(x, y-r*18/10).bend(x+r/8, y-r*21/10, x+r/3, y-r*23/10), solid(c.mood.tone(88)), r/10, 100)
}

// cup stands on its saucer and steams.
func (c *canvas) cup(x, y int) {
	m := &c.mood
	r := c.in(1060, 1200)
	side := c.sign()
	china := mix(m.light(), m.accents[c.n(4)], 24)
	tall := r * 125 / 100
	c.under(x, y, r*14/10)
	c.ellipse(x, y-r/12, r*165/100, r*22/100, c.gloss(x, y, r*17/10, china), 100)
	c.ellipse(x, y-r/8, r*120/100, r*13/100, solid(mix(china, m.land[2], 26)), 60)
	top := y - r/10 - tall
	hx := x + side*r*92/100
	c.stroke(new(path).move(hx, top+tall*22/100).curve(hx+side*r*70/100, top+tall*8/100, hx+side*r*60/100, top+tall*78/100, hx-side*r*14/100, top+tall*72/100), c.gloss(hx, top+tall/2, r, mix(china, m.land[2], 12)), r/6, 100)
	body := new(path).move(x-r, top).curve(x-r*98/100, top+tall*7/10, x-r*7/10, y-r/10, x-r*36/100, y-r/10).line(x+r*36/100, y-r/10).curve(x+r*7/10, y-r/10, x+r*98/100, top+tall*7/10, x+r, top).close()
	c.fill(body, c.gloss(x, top+tall/2, r*12/10, china), 100)
	c.stroke(new(path).move(x-r*95/100, top+tall*30/100).bend(x, top+tall*46/100, x+r*95/100, top+tall*30/100), solid(m.accents[c.n(2)]), r/9, 55)
	c.ellipse(x, top, r, r*17/100, solid(mix(china, m.land[2], 16)), 100)
	c.ellipse(x, top+r/40, r*88/100, r*13/100, solid(mix(0x5a3418, m.land[2], 30)), 100)
	c.ellipse(x-r/4, top, r*4/10, r/26, solid(m.glow), 30)
	for i := range 3 {
		sx, w := x+(i-1)*r*46/100, c.in(150, 260)
		rise := r * c.in(170, 235) / 100
		steam := new(path).move(sx-w/3, top).curve(sx-w*2, top-rise/3, sx+w*2, top-rise*6/10, sx-w/2, top-rise).curve(sx+w*3, top-rise*55/100, sx-w, top-rise/3, sx+w/3, top).close()
		c.fill(steam, c.vertical(top-rise, top, stop{0, white, 0}, stop{55, white, 34}, stop{100, white, 6}), 100)
	}
}
