package album

// scene is one kind of picture.
type scene struct {
	code   string
	draw   func(*canvas)
	titles []string
	// suits are the moods to choose from when no word asks for one.
	suits set
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
	island
	mesas
	planet
	rows
	reef
	balloons
	river
	arches
	harbour
	lanterns
	orchard
	patch
	fruit
	cup
	horses
	herd
	deer
	elephants
	sittingDog
	people
	viewpoint
	kite
	bicycle
	vase
	windowCat
	bridge
	village
	road
	viaduct
	flight
	clouds
	columns
	songbird
	butterfly
	fireworks
	stage
	portrait
	pitch
	waterfall
	beach
	flock
	castle
)

var scenes = []scene{
	sea:        {"wvs", drawSea, seaTitles, of(dawn, day, golden, sunset, dusk, midnight, moonlit, teal, blue, coral)},
	mountains:  {"mtn", drawMountains, mountainTitles, of(dawn, day, golden, sunset, dusk, moonlit, autumn, violet, teal)},
	lake:       {"lkk", drawLake, lakeTitles, of(dawn, day, golden, dusk, moonlit, autumn, spring, teal, misty)},
	dunes:      {"dns", drawDunes, duneTitles, of(golden, sunset, dusk, orange, brown, dawn, coral)},
	forest:     {"frs", drawForest, forestTitles, of(dawn, day, golden, autumn, green, misty, moonlit, spring)},
	city:       {"ctt", drawCity, cityTitles, of(midnight, dusk, sunset, neon, moonlit, violet, blue, dawn)},
	waves:      {"flw", drawWaves, waveTitles, of(sunset, coral, pastel, teal, violet, dawn, orange, blue, pink)},
	aurora:     {"rrb", drawAurora, auroraTitles, of(midnight, moonlit, violet, teal)},
	meadow:     {"mdw", drawMeadow, meadowTitles, of(spring, day, dawn, golden, sunset, pastel)},
	stars:      {"str", drawStars, starTitles, of(midnight, moonlit, violet, blue, dusk)},
	tree:       {"trq", drawTree, treeTitles, of(autumn, spring, sunset, golden, dawn, pink, dusk)},
	coast:      {"cst", drawCoast, coastTitles, of(dusk, day, midnight, sunset, dawn, storm, teal)},
	cabin:      {"cbn", drawCabin, cabinTitles, of(winter, midnight, dusk, dawn, sunset, moonlit)},
	island:     {"sld", drawIsland, islandTitles, of(sunset, golden, teal, dusk, moonlit, coral, dawn, pink)},
	mesas:      {"mss", drawMesas, mesaTitles, of(sunset, golden, orange, dusk, day, red, dawn)},
	planet:     {"plt", drawPlanet, planetTitles, of(violet, midnight, teal, orange, coral, blue, neon)},
	rows:       {"rws", drawRows, rowTitles, of(spring, golden, day, dawn, pastel, sunset)},
	reef:       {"rff", drawReef, reefTitles, of(teal, blue, coral, day, violet)},
	balloons:   {"bln", drawBalloons, balloonTitles, of(dawn, day, golden, sunset, pastel, coral, spring)},
	river:      {"rvr", drawRiver, riverTitles, of(dawn, golden, autumn, day, green, dusk, spring)},
	arches:     {"rch", drawArches, archTitles, of(coral, pastel, sunset, teal, orange, pink, golden)},
	harbour:    {"hrb", drawHarbour, harbourTitles, of(dawn, day, golden, sunset, dusk, midnight, misty, teal)},
	lanterns:   {"lnt", drawLanterns, lanternTitles, of(midnight, moonlit, dusk, violet, blue, sunset)},
	orchard:    {"rcd", drawOrchard, orchardTitles, of(spring, day, golden, autumn, dawn, pastel, pink)},
	patch:      {"ptc", drawPatch, patchTitles, of(autumn, orange, golden, sunset, dusk, dawn)},
	fruit:      {"frt", drawFruit, fruitTitles, of(day, golden, dawn, spring, teal, coral)},
	cup:        {"cpp", drawCup, cupTitles, of(dawn, brown, misty, golden, winter, dusk, wet)},
	horses:     {"hrs", drawHorses, horseTitles, of(golden, sunset, dawn, dusk, misty, autumn, day)},
	herd:       {"hrd", drawHerd, herdTitles, of(golden, dawn, day, spring, misty, sunset)},
	deer:       {"stg", drawStag, stagTitles, of(dawn, autumn, misty, golden, moonlit, winter)},
	elephants:  {"lph", drawSafari, safariTitles, of(sunset, orange, golden, dusk, red)},
	sittingDog: {"dgg", drawDog, dogTitles, of(golden, sunset, dawn, dusk, autumn, day)},
	people:     {"ppl", drawPeople, peopleTitles, of(sunset, golden, dusk, dawn, coral, orange)},
	viewpoint:  {"tpd", drawOnlooker, onlookerTitles, of(golden, dawn, sunset, dusk, autumn, moonlit)},
	kite:       {"ktt", drawKite, kiteTitles, of(day, golden, spring, dawn, pastel, coral)},
	bicycle:    {"ccl", drawCyclist, cyclingTitles, of(golden, sunset, dawn, day, autumn, teal)},
	vase:       {"vss", drawVase, vaseTitles, of(spring, pink, dawn, day, pastel, golden)},
	windowCat:  {"kts", drawCat, windowCatTitles, of(golden, dawn, sunset, dusk, day, autumn, moonlit, winter)},
	bridge:     {"brd", drawBridge, bridgeTitles, of(sunset, misty, dusk, dawn, golden, day, midnight, coral)},
	village:    {"vll", drawVillage, villageTitles, of(golden, dawn, dusk, winter, autumn, day, spring, midnight)},
	road:       {"rdt", drawRoad, roadTitles, of(sunset, golden, orange, dusk, dawn, day, coral)},
	viaduct:    {"vdc", drawViaduct, viaductTitles, of(autumn, golden, dawn, day, misty, winter, green)},
	flight:     {"flt", drawFlight, flightTitles, of(dawn, sunset, golden, day, dusk, pastel, coral)},
	clouds:     {"cld", drawClouds, cloudTitles, of(day, dawn, golden, pastel, spring, sunset)},
	columns:    {"clm", drawColumns, columnTitles, of(golden, sunset, dawn, day, dusk, orange, coral)},
	songbird:   {"brb", drawBird, birdTitles, of(spring, dawn, autumn, winter, green, golden, misty, day)},
	butterfly:  {"btt", drawButterfly, butterflyTitles, of(spring, day, green, golden, dawn, pink, violet, teal)},
	fireworks:  {"frw", drawFireworks, fireworkTitles, of(midnight, violet, blue, moonlit, neon, dusk)},
	stage:      {"stq", drawStage, stageTitles, of(neon, violet, midnight, sunset, blue, red)},
	portrait:   {"prt", drawPortrait, portraitTitles, of(coral, pastel, sunset, teal, pink, golden, violet, autumn)},
	pitch:      {"pch", drawPitch, pitchTitles, of(dusk, sunset, golden, midnight, day, violet)},
	waterfall:  {"fll", drawFalls, fallsTitles, of(day, green, dawn, autumn, misty, teal, golden)},
	beach:      {"bch", drawBeach, beachTitles, of(day, golden, sunset, dawn, coral, teal, pastel)},
	flock:      {"flk", drawFlock, flockTitles, of(spring, dawn, day, golden, misty, green, sunset)},
	castle:     {"kpp", drawCastle, castleTitles, of(sunset, dusk, dawn, autumn, misty, midnight, golden, violet)},
}
