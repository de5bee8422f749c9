package album

// palette is a mood: the light of an hour, a season, a weather, or a colour.
type palette struct {
	code string
	// sky from the zenith down to the horizon.
	sky [4]rgb
	// land from the farthest, nearly lost in the air, to the nearest.
	land [3]rgb
	// glow is the light around the sun or moon, sun its disc.
	glow, sun rgb
	// accents are for flowers, sails, windows, leaves.
	accents [4]rgb
	// dark moods have a moon and stars.
	dark    bool
	weather weather
}

const (
	dawn = iota
	dusk
)

var moods = []palette{
	dawn: {code: "dwn", sky: [4]rgb{0x2b3a67, 0x6b6ca3, 0xe8a5a0, 0xfbd9b5}, land: [3]rgb{0xb9a0b5, 0x6a6690, 0x1f2440},
		glow: 0xffe3b8, sun: 0xfff3dc, accents: [4]rgb{0xf6b48f, 0xe7738a, 0xffe9c9, 0x8fb8c9}},
	dusk: {code: "dsk", sky: [4]rgb{0x141b3f, 0x3b3a73, 0x8a5a93, 0xe39aa0}, land: [3]rgb{0x7b6395, 0x3d3a6b, 0x10122c},
		glow: 0xffc9a8, sun: 0xffe2c4, accents: [4]rgb{0xf2a07b, 0xc85a8e, 0xffd9a0, 0x6fa3c9}},
}

// tone is a colour of the land: 0 is the farthest, 100 the nearest.
func (p *palette) tone(near int) rgb {
	if near < 50 {
		return mix(p.land[0], p.land[1], near*2)
	}
	return mix(p.land[1], p.land[2], near*2-100)
}
