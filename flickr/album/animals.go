package album

var horseTitles = []string{
	"Nobody has called yet", "The far pasture", "Wind in the mane", "Two of them, listening",
	"Before the gate opens", "Long way home", "Bareback weather", "They know the hill",
}

var herdTitles = []string{
	"Evening milk", "Chewing it over", "Slow traffic", "Bells up the valley",
	"The good side of the fence", "Three and a hill", "Taking their time", "Clover",
}

var flockTitles = []string{
	"Counted twice, still awake", "Wool weather", "The dog is at lunch", "White on the hill",
	"Shorn next week", "All facing the wind", "The black one leads", "Grass to the horizon",
}

var stagTitles = []string{
	"He heard us first", "Edge of the clearing", "Antlers and first star", "Stock-still",
	"The quiet one", "Gone when you look again", "Keeper of the ridge", "Between two breaths",
}

var safariTitles = []string{
	"Towards the water", "Grandmother leads", "Red dust", "The long dry month",
	"Thunder, walking", "Under the flat tree", "They remember", "Mud by evening",
}

var dogTitles = []string{
	"He waits", "Best of company", "The stick is somewhere", "Good evening, hill",
	"Off the lead", "Watching the road", "All ears", "Stay",
}

func drawHorses(c *canvas) {
	c.ridge(func(x, y, side int, p paint) {
		c.figure(horse, x-side*c.in(150, 500), y, c.in(2800, 3100), side, p)
		if c.chance(70) {
			c.figure(horse, x+side*c.in(2300, 2700), y+190, c.in(1800, 2100), -side, p)
		}
	})
}

func drawHerd(c *canvas) {
	c.ridge(func(x, y, side int, p paint) {
		c.figure(cow, x+side*c.in(100, 400), y, c.in(2600, 2900), side, p)
		c.figure(cow, x-side*c.in(1700, 2200), y+120, c.in(1400, 1700), -side, p)
		c.figure(cow, x+side*c.in(3000, 4400), y+330, c.in(1200, 1500), side*c.sign(), p)
	})
}

func drawFlock(c *canvas) {
	c.ridge(func(x, y, side int, p paint) {
		c.figure(sheep, x-side*c.in(100, 400), y, c.in(2100, 2300), side, p)
		c.figure(sheep, x+side*c.in(1500, 1900), y+90, c.in(1500, 1700), -side, p)
		c.figure(sheep, x-side*c.in(2300, 2700), y+180, c.in(1400, 1600), side, p)
		c.figure(sheep, x+side*c.in(3600, 4600), y+380, c.in(1100, 1300), c.sign(), p)
	})
}

func drawStag(c *canvas) {
	c.ridge(func(x, y, side int, p paint) {
		c.figure(stag, x-side*c.in(0, 300), y, c.in(2700, 3000), side, p)
	})
}

func drawSafari(c *canvas) {
	c.ridge(func(x, y, side int, p paint) {
		c.acacia(x-side*c.in(2900, 3600), y+220, c.in(3200, 3900), p)
		c.figure(elephant, x+side*c.in(200, 400), y, c.in(2900, 3200), side, p)
		c.figure(elephant, x-side*c.in(1400, 1600), y+90, c.in(1150, 1350), side, p)
	})
}

func drawDog(c *canvas) {
	c.ridge(func(x, y, side int, p paint) {
		c.figure(dog, x-side*c.in(0, 400), y, c.in(2500, 2800), side, p)
	})
}

// acacia is a flat-topped tree with its foot at (x, y).
func (c *canvas) acacia(x, y, tall int, p paint) {
	wood, crown := new(path), new(path)
	for _, b := range [][2]int{{-30, 78}, {-12, 86}, {10, 88}, {30, 80}} {
		wood.move(x, y).bend(x, y-tall*45/100, x+tall*b[0]/100, y-tall*b[1]/100)
	}
	for _, e := range [][4]int{{-32, 80, 30, 7}, {0, 90, 40, 9}, {32, 82, 28, 7}, {-10, 95, 30, 6}} {
		cx, cy, w, h := x+tall*e[0]/100, y-tall*e[1]/100, tall*e[2]/100, tall*e[3]/100
		crown.move(cx-w, cy).bend(cx-w*6/10, cy-h*2, cx, cy-h*16/10).bend(cx+w*6/10, cy-h*2, cx+w, cy).bend(cx, cy+h, cx-w, cy)
	}
	c.stroke(wood, p, tall/30, 100)
	c.fill(crown, p, 100)
}
