package album

var portraitTitles = []string{
	"Profile with blossom", "Somewhere else entirely", "The sitter hums", "Left side, as agreed",
	"A thought, kept", "Paper, cut by lamp", "After the long hair years", "Listening",
}

// drawPortrait: a head in profile, cut from paper, before a great disc.
func drawPortrait(c *canvas) {
	m := &c.mood
	paper := mix(m.sky[3], m.glow, 30)
	if m.dark {
		paper = m.sky[1]
	}
	c.rect(0, 0, width, height, c.linear(0, 0, width, height, stop{0, paper, 100}, stop{100, mix(paper, m.sky[2], 60), 100}), 100)
	x, side := c.mid(centreLeft+1500, centreRight-1500), c.sign()
	r := c.in(3500, 3900)
	c.circle(x+side*300, 4500, r*14/10, c.radial(x+side*300, 4500, r*14/10, stop{60, m.glow, 60}, stop{100, m.glow, 0}), 100)
	c.circle(x+side*300, 4500, r, c.vertical(4500-r, 4500+r, stop{0, m.sun, 100}, stop{100, mix(m.accents[0], m.sun, 40), 100}), 100)
	c.sprays(x, side)
	for i := range 2 {
		line := c.rolling(6900+i*900, 500, 5200)
		color := mix([]rgb{m.sky[2], m.accents[1]}[i], m.tone(40), 35)
		c.fill(hill(shifted(line, -80), height), solid(m.land[2]), 14)
		c.fill(hill(line, height), c.linear(0, 6500, width, height, stop{0, mix(color, m.glow, 24), 100}, stop{100, mix(color, m.land[2], 25), 100}), 100)
	}
	c.bust(x-side*200, 9600, 8000, side)
	front := c.rolling(9300, 260, 5200)
	c.fill(hill(shifted(front, -80), height), solid(m.land[2]), 18)
	c.fill(hill(front, height), c.linear(0, 9000, width, height, stop{0, m.tone(72), 100}, stop{100, m.tone(94), 100}), 100)
}

// sprays are branches with leaves behind the head.
func (c *canvas) sprays(x, side int) {
	m := &c.mood
	for i := range 4 {
		stem, leaves := new(path), new(path)
		back := 1 - 2*(i%2)
		fx, fy := x-side*back*c.in(1500, 2600), 9000
		ex, ey := x-side*back*c.in(3600, 5400), c.in(1400, 3800)
		cx, cy := fx-side*back*300, (fy+ey)/2-900
		stem.move(fx, fy).bend(cx, cy, ex, ey)
		for k := 2; k < 12; k++ {
			t := k * 1000 / 12
			px := (fx*(1000-t)/1000*(1000-t) + 2*cx*t/1000*(1000-t) + ex*t/1000*t) / 1000
			py := (fy*(1000-t)/1000*(1000-t) + 2*cy*t/1000*(1000-t) + ey*t/1000*t) / 1000
			l, out := c.in(520, 800), 1-2*(k%2)
			leaves.move(px, py).bend(px+out*l/2, py-l*7/10, px+out*l, py-l*4/10).bend(px+out*l/2, py+l/10, px, py)
		}
		color := mix(mix(m.accents[(i+2)%4], m.tone(60), 45), m.haze(), 20)
		if m.dark {
			color = mix(color, m.land[1], 45)
		}
		c.stroke(stem, solid(color), 36, 100)
		c.fill(leaves, solid(color), 92)
	}
}

// bust is head and shoulders that end on the line y, s is their height.
func (c *canvas) bust(x, y, s, side int) {
	m := &c.mood
	skin, hair := mix(rgb([3]int{0x8a5138, 0xb87a58, 0x6b3d2a}[c.n(3)]), m.tone(74), 34), mix(m.tone(96), m.accents[1], 10)
	if m.dark {
		skin = mix(skin, m.land[1], 45)
	}
	px := func(v int) int { return x + side*v*s/1000 }
	py := func(v int) int { return y - v*s/1000 }
	shape := func(p paint, alpha int, xy ...int) { c.fill(new(path).closed(pointsOf(xy, px, py)), p, alpha) }
	face := []int{430, -20, 430, -20, 380, 90, 250, 190, 150, 245, 112, 310, 120, 362, 175, 380, 240, 384, 282, 404, 292, 432, 280, 462, 304, 484, 288, 506, 306, 530, 294, 556, 322, 574, 348, 596, 338, 620, 304, 690, 290, 728, 300, 775, 290, 840,
		240, 920, 100, 985, -60, 970, -180, 890, -235, 770, -215, 640, -150, 520, -112, 430, -120, 320, -200, 245, -370, 190, -500, 100, -540, -20, -540, -20}
	coil := c.n(3)
	if coil == 2 { // long hair falls behind the shoulder
		shape(solid(mix(hair, m.land[2], 30)), 100, 60, 960, -180, 960, -320, 800, -350, 560, -330, 330, -420, 120, -420, 120, -160, 60, -60, 300, 0, 600)
	}
	shape(solid(m.land[2]), 16, offset(face, -16, 12)...)
	shape(c.linear(px(320), py(700), px(-400), py(200), stop{0, mix(skin, m.glow, 42), 100}, stop{45, skin, 100}, stop{100, mix(skin, m.land[2], 45), 100}), 100, face...)
	dress := mix(m.accents[2+c.n(2)], m.tone(60), 30)
	if m.dark {
		dress = mix(dress, m.land[1], 45)
	}
	shape(c.linear(px(400), 0, px(-500), 0, stop{0, mix(dress, m.glow, 25), 100}, stop{100, mix(dress, m.land[2], 40), 100}), 100,
		440, -20, 440, -20, 372, 100, 250, 182, 160, 214, 40, 180, -100, 210, -205, 252, -380, 200, -520, 105, -560, -20, -560, -20)
	lock := c.linear(px(250), py(1000), px(-250), py(500), stop{0, mix(hair, m.glow, 28), 100}, stop{50, hair, 100}, stop{100, mix(hair, m.land[2], 40), 100})
	if coil == 0 {
		c.circle(px(-255), py(900), s*130/1000, lock, 100)
	}
	shape(lock, 100, 286, 862, 230, 960, 90, 1022, -90, 1015, -230, 930, -292, 780, -270, 620, -200, 500, -120, 452, -118, 452, -70, 540, -30, 610, 40, 640, 60, 720, 130, 800, 220, 840)
	shape(solid(mix(skin, m.land[2], 20)), 100, -10, 690, -50, 670, -45, 610, -10, 575, 15, 600, 25, 650)
	eye := new(path).move(px(232), py(700)).bend(px(262), py(684), px(284), py(702)).move(px(222), py(758)).bend(px(256), py(780), px(292), py(764))
	c.stroke(eye, solid(m.land[2]), s/140, 85)
	for i, at := range [][2]int{{-30, 880}, {-120, 800}, {60, 920}, {-150, 690}, {-70, 960}} {
		if i < 3 || c.chance(50) {
			c.head(px(at[0]), py(at[1]), s*c.in(48, 66)/1000)
		}
	}
}

// offset moves points x, y, x, y … aside, for a shadow.
func offset(xy []int, dx, dy int) []int {
	out := make([]int, len(xy))
	for i, v := range xy {
		out[i] = v + dx
		if i%2 == 1 {
			out[i] = v + dy
		}
	}
	return out
}
