package album

// scene is one kind of picture.
type scene struct {
	code   string
	draw   func(*canvas)
	titles []string
}

// The scenes. Their order may change, their codes may not: ids are built of them.
const (
	sea = iota
	mountains
	lake
	dunes
	forest
	city
	waves
	aurora
	meadow
	stars
	tree
	coast
	cabin
)

var scenes = []scene{
	sea:       {"wvs", drawSea, seaTitles},
	mountains: {"mtn", drawMountains, mountainTitles},
	lake:      {"lkk", drawLake, lakeTitles},
	dunes:     {"dns", drawDunes, duneTitles},
	forest:    {"frs", drawForest, forestTitles},
	city:      {"ctt", drawCity, cityTitles},
	waves:     {"flw", drawWaves, waveTitles},
	aurora:    {"rrb", drawAurora, auroraTitles},
	meadow:    {"mdw", drawMeadow, meadowTitles},
	stars:     {"str", drawStars, starTitles},
	tree:      {"trq", drawTree, treeTitles},
	coast:     {"cst", drawCoast, coastTitles},
	cabin:     {"cbn", drawCabin, cabinTitles},
}

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
	}
	scenes[p.scene].draw(c)
	c.fall()
	c.vignette()
	return c.bytes()
}
