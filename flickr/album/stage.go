package album

var stageTitles = []string{
	"Second encore", "Before the first chord", "The whole field sings", "Somebody's brother on bass",
	"Louder, then quiet", "Feedback and fog", "Hands up, lights up", "The song everyone came for",
}

// drawStage: a concert seen from the crowd, beams of light over a band.
func drawStage(c *canvas) {
	if !c.mood.dark {
		c.mood = c.mood.in(night)
	}
	m := &c.mood
	floor := c.in(6300, 6600)
	deep := mix(m.sky[0], black, 30)
	c.rect(0, 0, width, height, c.vertical(0, height, stop{0, deep, 100}, stop{60, mix(m.sky[1], m.accents[0], 14), 100}, stop{100, deep, 100}), 100)
	x := c.mid(centreLeft+1300, centreRight-1300)
	glow := mix(m.accents[c.n(2)], m.sky[2], 20)
	c.circle(x, floor-900, 6200, c.radial(x, floor-900, 6200, stop{0, glow, 75}, stop{45, glow, 26}, stop{100, glow, 0}), 100)
	c.truss(x, floor)
	dark := solid(mix(deep, black, 35))
	c.fill(new(path).box(x-4600, floor, 9200, 420), c.vertical(floor, floor+420, stop{0, mix(m.tone(70), glow, 30), 100}, stop{100, deep, 100}), 100)
	for _, side := range [2]int{-1, 1} { // loudspeakers
		for i := range 4 {
			lx := x + side*4350 - 420
			c.fill(new(path).box(lx, floor-700-i*660, 840, 620), solid(mix(deep, m.tone(50), 22)), 100)
			c.fill(new(path).disc(lx+240, floor-390-i*660, 170).disc(lx+600, floor-390-i*660, 170), dark, 100)
		}
	}
	c.band(x, floor, dark)
	c.mist(floor+200, 900, mix(glow, m.glow, 30), 34)
	c.audience(floor, glow)
}

// truss is the bar of lamps above the stage with their beams.
func (c *canvas) truss(x, floor int) {
	m := &c.mood
	const y = 1250
	for i := range 11 {
		lx := x - 4200 + i*840
		hue := mix(m.accents[i%4], m.glow, 25)
		tx, w := lx+c.in(-2600, 2600), c.in(420, 820)
		beam := new(path).move(lx-40, y+120).line(lx+40, y+120).line(tx+w, floor+300).line(tx-w, floor+300).close()
		c.fill(beam, c.linear(lx, y, tx, floor+300, stop{0, hue, 62}, stop{55, hue, 22}, stop{100, hue, 4}), 100)
		c.circle(lx, y+110, 300, c.radial(lx, y+110, 300, stop{0, white, 90}, stop{25, hue, 70}, stop{100, hue, 0}), 100)
	}
	steel := new(path).move(x-5000, y).line(x+5000, y).move(x-5000, y-260).line(x+5000, y-260)
	for i := range 40 {
		steel.line(x+5000-i*250, y-260*(i%2))
	}
	steel.move(x-4900, y).line(x-4900, floor).move(x+4900, y).line(x+4900, floor)
	c.stroke(steel, solid(mix(m.sky[0], m.tone(40), 30)), 42, 100)
}

// band is a singer, two guitarists and a drummer.
func (c *canvas) band(x, y int, p paint) {
	side := c.sign()
	s := c.in(1500, 1650)
	c.figure(singer, x, y+20, s, side, p)
	for _, k := range [2]int{-1, 1} {
		c.figure(guitarist, x+k*c.in(1700, 2100), y+20, s*96/100, -k, p)
	}
	dx := x + side*c.in(800, 950)
	drums := new(path).disc(dx, y-330, 330).disc(dx-430, y-420, 190).disc(dx+430, y-420, 190).disc(dx, y-1150, 120)
	drums.limb([]point{{dx, y - 980}, {dx, y - 500}}, 170, 150)
	drums.limb([]point{{dx - 120, y - 950}, {dx - 380, y - 760}, {dx - 520, y - 980}}, 42, 34)
	drums.limb([]point{{dx + 120, y - 950}, {dx + 380, y - 760}, {dx + 520, y - 900}}, 42, 34)
	drums.lens(dx-720, y-900, 260, 36).lens(dx+720, y-960, 260, 36)
	c.fill(drums, p, 100)
	c.stroke(new(path).move(dx-720, y-900).line(dx-680, y).move(dx+720, y-960).line(dx+680, y), p, 24, 100)
}

// audience is the heads and raised arms of the crowd, darker towards us.
func (c *canvas) audience(floor int, glow rgb) {
	m := &c.mood
	for row := range 3 {
		y, r := floor+1150+row*850, 150+row*95
		color := mix(mix(m.sky[0], black, 30), glow, 26-8*row)
		paint := c.vertical(-300, 300, stop{0, color, 100}, stop{100, mix(m.sky[0], black, 40+15*row), 100})
		var fans [3]stamp
		for i := range fans {
			fans[i] = c.newStamp(func() { c.fan(i == 0, paint) })
		}
		for x := -r; x < width+r; x += r*2 + c.n(r*2) {
			c.put(fans[c.n(3)], x, y+c.in(-r/2, r/2), r, c.sign())
		}
		c.rect(0, y+r*2, width, height, paint, 100)
	}
}

// fan is somebody in the crowd seen from behind, perhaps with an arm up.
func (c *canvas) fan(arm bool, p paint) {
	const r = 100
	body := new(path).disc(0, 0, r).limb([]point{{0, 2 * r}, {0, 4 * r}}, r*15/10, r*17/10)
	if arm {
		body.limb([]point{{r * 12 / 10, r * 3 / 2}, {r * 2, 0}, {r * c.in(13, 22) / 10, -r * c.in(20, 30) / 10}}, r*4/10, r*3/10)
	}
	c.fill(body, p, 100)
}

var singer = figure{
	body:  []int{-38, 840, -120, 805, -140, 640, -110, 500, -95, 450, 95, 450, 110, 560, 130, 700, 120, 805, 38, 840},
	discs: []int{10, 918, 76},
	limbs: [][]int{{110, 70, -45, 480, -110, 250, -150, 25}, {110, 70, 45, 480, 110, 260, 130, 25}, {60, 60, -150, 25, -90, 15}, {60, 60, 130, 25, 190, 15},
		{66, 50, 100, 780, 200, 700, 120, 860}, {66, 46, -110, 780, -230, 900, -280, 1080}, {40, 40, 110, 870, 80, 905}, {18, 18, 240, 0, 190, 820}},
}

var guitarist = figure{
	body:  []int{-38, 840, -120, 805, -140, 640, -110, 500, -95, 450, 95, 450, 110, 560, 130, 700, 120, 805, 38, 840},
	discs: []int{15, 915, 78, -70, 540, 120, 60, 560, 92},
	limbs: [][]int{{110, 70, -45, 480, -90, 250, -130, 25}, {110, 70, 45, 480, 100, 260, 140, 25}, {60, 60, -130, 25, -70, 15}, {60, 60, 140, 25, 200, 15},
		{44, 40, 0, 560, 380, 700}, {70, 56, 380, 700, 430, 720}, {64, 48, 110, 780, 230, 620, 320, 690}, {64, 48, -120, 780, -190, 620, -40, 560}},
}
