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
	// dark moods have stars, and a moon instead of a sun.
	dark    bool
	weather weather
}

// tone is a colour of the land: 0 is the farthest, 100 the nearest.
func (p *palette) tone(near int) rgb {
	if near < 50 {
		return mix(p.land[0], p.land[1], near*2)
	}
	return mix(p.land[1], p.land[2], near*2-100)
}

// haze is the colour that distance fades into.
func (p *palette) haze() rgb { return mix(p.sky[3], p.land[0], 25) }

// light is the brightest friendly colour: snow, foam, a lit wall.
func (p *palette) light() rgb {
	if p.dark {
		return mix(p.glow, p.sky[3], 45)
	}
	return mix(white, p.glow, 35)
}

// Ground has colours of its own, which the light of the hour only tints.
var (
	sand  = [3]rgb{0xeccb96, 0xc68f57, 0x4a2a1c}
	rock  = [3]rgb{0xe3a983, 0xb0573a, 0x3c1a18}
	grass = [3]rgb{0xbcd19a, 0x67a05a, 0x1c3f2c}
)

// ground mixes percent of the ground's own colours into the land, unless the
// mood is a colour or winter: most in plain daylight, least in the dark.
func (c *canvas) ground(own [3]rgb, percent int) {
	m := &c.mood
	if c.hue || m.weather == snow {
		return
	}
	switch {
	case m.dark:
		percent /= 4
	case m.code == moods[day].code:
		percent = (percent + 300) / 4
	}
	for i, color := range own {
		m.land[i] = mix(m.land[i], color, percent)
	}
}

// The moods; from red on they are colours. Their codes may not change: ids are
// built of them.
const (
	dawn = iota
	day
	golden
	sunset
	dusk
	midnight
	moonlit
	winter
	ice
	wet
	storm
	misty
	autumn
	spring
	red
	orange
	yellow
	green
	teal
	blue
	violet
	pink
	brown
	grey
	ink
	pale
	pastel
	coral
	neon
)

var moods = []palette{
	dawn: {code: "dwn",
		sky:  [4]rgb{0x35487a, 0x7f7fb0, 0xeab0a8, 0xfde0bd},
		land: [3]rgb{0xc9a9b4, 0x6d6a96, 0x1f2546},
		glow: 0xffe6c0, sun: 0xfff6e4,
		accents: [4]rgb{0xf6b48f, 0xe7738a, 0xffe9c9, 0x8fb8c9}},
	day: {code: "dlt",
		sky:  [4]rgb{0x2a78b8, 0x5aa6d6, 0xa5d2e8, 0xe9f4f0},
		land: [3]rgb{0xa3c9d6, 0x4c8a8c, 0x143a40},
		glow: 0xfffbe6, sun: 0xfffdf2,
		accents: [4]rgb{0xf25f4c, 0xffc145, 0xffffff, 0x3d6fb6}},
	golden: {code: "gld",
		sky:  [4]rgb{0x5b6c94, 0xa99aa0, 0xf2bb78, 0xffe3a3},
		land: [3]rgb{0xdfb07a, 0x93614d, 0x2c1b25},
		glow: 0xfff0bd, sun: 0xfffbe3,
		accents: [4]rgb{0xf08a3c, 0xd9483b, 0xffe08a, 0xf6f0d8}},
	sunset: {code: "snt",
		sky:  [4]rgb{0x241d4f, 0x7d2f6c, 0xe85a50, 0xffb65e},
		land: [3]rgb{0xb9495d, 0x5c2252, 0x180e2c},
		glow: 0xffd98a, sun: 0xfff0b8,
		accents: [4]rgb{0xff8b4d, 0xe83f6f, 0xffd166, 0x8f5bd1}},
	dusk: {code: "dsk",
		sky:  [4]rgb{0x161e46, 0x423f7c, 0x955f98, 0xeaa79f},
		land: [3]rgb{0x846a9c, 0x403f72, 0x10132d},
		glow: 0xffd0ae, sun: 0xffe6cc,
		accents: [4]rgb{0xf2a07b, 0xc85a8e, 0xffd9a0, 0x6fa3c9}},
	midnight: {code: "mdn", dark: true,
		sky:  [4]rgb{0x040714, 0x0a1334, 0x16295c, 0x2f5088},
		land: [3]rgb{0x25416f, 0x11234a, 0x040a1b},
		glow: 0xa8c0f0, sun: 0xf1f5ff,
		accents: [4]rgb{0xffd27a, 0xffb45c, 0xfff0c4, 0x7fb2ff}},
	moonlit: {code: "mnl", dark: true,
		sky:  [4]rgb{0x07131b, 0x123038, 0x245560, 0x5b8e93},
		land: [3]rgb{0x3f727a, 0x1b424b, 0x061318},
		glow: 0xd6ecdf, sun: 0xf7f9e8,
		accents: [4]rgb{0xffdf9a, 0xf7b267, 0xe9f5db, 0x79c2b8}},
	winter: {code: "wnt", weather: snow,
		sky:  [4]rgb{0x7c9cbd, 0xa9c3d8, 0xd6e3ea, 0xf6f1ea},
		land: [3]rgb{0xcbd8e2, 0x7f9ab5, 0x2b3f5c},
		glow: 0xfffaf0, sun: 0xffffff,
		accents: [4]rgb{0xd1495b, 0xedae49, 0xffffff, 0x5b8fb9}},
	ice: {code: "crl",
		sky:  [4]rgb{0x3e8fb0, 0x7fc0d2, 0xbfe4e8, 0xf0faf6},
		land: [3]rgb{0xbfe3ea, 0x6fb1c6, 0x1d4e6b},
		glow: 0xffffff, sun: 0xffffff,
		accents: [4]rgb{0xd8f3f5, 0x8fd3e0, 0xffffff, 0x4aa3c2}},
	wet: {code: "rnn", weather: rain,
		sky:  [4]rgb{0x36454f, 0x546670, 0x7f9198, 0xb3bebc},
		land: [3]rgb{0x8b9ca3, 0x4c6068, 0x16222a},
		glow: 0xe4e8df, sun: 0xf1f3ea,
		accents: [4]rgb{0xe9c46a, 0xe76f51, 0xf1e3c0, 0x7fa6b5}},
	storm: {code: "thn", weather: rain,
		sky:  [4]rgb{0x12161f, 0x272f3c, 0x4a5565, 0x9a9a8c},
		land: [3]rgb{0x5a6470, 0x2f3844, 0x0c1016},
		glow: 0xe8e2bf, sun: 0xf3f0d8,
		accents: [4]rgb{0xf3d27a, 0xd97b4f, 0xf2ead0, 0x7c93b0}},
	misty: {code: "mst", weather: fog,
		sky:  [4]rgb{0x9aa6ac, 0xb4bfc0, 0xd0d4cf, 0xe9e6db},
		land: [3]rgb{0xc6cac6, 0x849390, 0x273839},
		glow: 0xfbf6e6, sun: 0xfffdf4,
		accents: [4]rgb{0xc9886b, 0xe0b87f, 0xf4efe2, 0x7d9a9e}},
	autumn: {code: "tmn",
		sky:  [4]rgb{0x6d8e9f, 0xb3b9a8, 0xf3d29c, 0xfbe8bf},
		land: [3]rgb{0xdcaa6c, 0xb3552c, 0x38170f},
		glow: 0xfff0c6, sun: 0xfffae6,
		accents: [4]rgb{0xe2711d, 0xb92b1b, 0xf2b134, 0x8a3b12}},
	spring: {code: "spr",
		sky:  [4]rgb{0x76b3d4, 0xb2d9e0, 0xfbe6e2, 0xfef3e2},
		land: [3]rgb{0xb9dab6, 0x66a96c, 0x184636},
		glow: 0xfffbe8, sun: 0xfffef6,
		accents: [4]rgb{0xf28cb8, 0xffc4d6, 0xffe27a, 0xffffff}},
	red: {code: "rdd",
		sky:  [4]rgb{0x4a0d18, 0x96192a, 0xdc4438, 0xffa27a},
		land: [3]rgb{0xd04a42, 0x7f1a2a, 0x22060e},
		glow: 0xffd0a6, sun: 0xffeed6,
		accents: [4]rgb{0xff5d4f, 0xc1121f, 0xffb199, 0xf9dcc4}},
	orange: {code: "rng",
		sky:  [4]rgb{0x7f3212, 0xc65a1a, 0xf59532, 0xffd58a},
		land: [3]rgb{0xe79345, 0xa04a1b, 0x2c120c},
		glow: 0xffeab0, sun: 0xfffae0,
		accents: [4]rgb{0xf97316, 0xd9480f, 0xffc145, 0xffe8c2}},
	yellow: {code: "glb",
		sky:  [4]rgb{0xc98a1b, 0xeab431, 0xf9d968, 0xfff3b5},
		land: [3]rgb{0xe8c25a, 0xa97b24, 0x33230c},
		glow: 0xfffbd8, sun: 0xffffee,
		accents: [4]rgb{0xffd400, 0xf2a900, 0xfff4b0, 0xffffff}},
	green: {code: "grn",
		sky:  [4]rgb{0x1d4d40, 0x3f8565, 0x96c794, 0xe6f2c8},
		land: [3]rgb{0x8fc08c, 0x397a55, 0x0b2a22},
		glow: 0xfaffd6, sun: 0xfdffec,
		accents: [4]rgb{0x9bd770, 0x57a773, 0xf2e863, 0xffffff}},
	teal: {code: "tlq",
		sky:  [4]rgb{0x0b3c49, 0x14707a, 0x5db7ac, 0xd0efd6},
		land: [3]rgb{0x62b1ab, 0x1c6b74, 0x062630},
		glow: 0xf2ffe2, sun: 0xfbfff0,
		accents: [4]rgb{0xff9f80, 0xffd6a5, 0x7fe0cf, 0xffffff}},
	blue: {code: "blq",
		sky:  [4]rgb{0x0c2461, 0x1f4fa3, 0x5f9be0, 0xcfe6fa},
		land: [3]rgb{0x7fb0e2, 0x2a5ba8, 0x081a42},
		glow: 0xf0f8ff, sun: 0xffffff,
		accents: [4]rgb{0x7cc4ff, 0x3a86ff, 0xffe08a, 0xffffff}},
	violet: {code: "vlt",
		sky:  [4]rgb{0x25134a, 0x513087, 0x9a68c2, 0xe8bfe3},
		land: [3]rgb{0xa77fc9, 0x573790, 0x160a30},
		glow: 0xffe6fa, sun: 0xfff5ff,
		accents: [4]rgb{0xb388eb, 0xe0aaff, 0xffd6f0, 0x7b2cbf}},
	pink: {code: "pnk",
		sky:  [4]rgb{0x93366f, 0xd5659a, 0xf8a5bd, 0xffdfd8},
		land: [3]rgb{0xeb9cb8, 0xa84b80, 0x381535},
		glow: 0xfff0e2, sun: 0xfffaf4,
		accents: [4]rgb{0xff6fa3, 0xffc2d9, 0xffe5ec, 0xd6336c}},
	brown: {code: "brn",
		sky:  [4]rgb{0x6b4a39, 0xa27a5c, 0xd7b48c, 0xf3e2c4},
		land: [3]rgb{0xcaa47b, 0x7a5239, 0x24150f},
		glow: 0xfff2d6, sun: 0xfffaec,
		accents: [4]rgb{0xb07d4f, 0xe3c08f, 0xfaf0dc, 0x7f4f24}},
	grey: {code: "grq",
		sky:  [4]rgb{0x5d646b, 0x858c92, 0xb5b9bb, 0xe6e5e1},
		land: [3]rgb{0xaaafb2, 0x5f676d, 0x191d21},
		glow: 0xfaf8f2, sun: 0xffffff,
		accents: [4]rgb{0xd0d3d4, 0x8b9398, 0xffffff, 0xb08968}},
	ink: {code: "blk", dark: true,
		sky:  [4]rgb{0x050506, 0x101114, 0x23262b, 0x484d54},
		land: [3]rgb{0x33373d, 0x17191d, 0x040405},
		glow: 0xd9dde2, sun: 0xf7f7f5,
		accents: [4]rgb{0xf0d9a8, 0xc9b27d, 0xffffff, 0x8d99a6}},
	pale: {code: "wht",
		sky:  [4]rgb{0xc3ccd3, 0xdbe1e4, 0xeeefec, 0xfcf9f3},
		land: [3]rgb{0xdfe3e4, 0xaab4bc, 0x4d5964},
		glow: 0xffffff, sun: 0xffffff,
		accents: [4]rgb{0xe6ccb2, 0xffffff, 0xc9d6df, 0xd8b4a0}},
	pastel: {code: "pst",
		sky:  [4]rgb{0x9fb8e0, 0xc6b9e6, 0xf7c6d4, 0xfff0d6},
		land: [3]rgb{0xe7bfd6, 0x97a6d6, 0x4a4f86},
		glow: 0xfff8e4, sun: 0xfffdf4,
		accents: [4]rgb{0xffb5c2, 0xb5ead7, 0xfff1b8, 0xc7ceea}},
	coral: {code: "crq",
		sky:  [4]rgb{0x0f6973, 0x4fa7a2, 0xf5b294, 0xffe1c4},
		land: [3]rgb{0xf09a82, 0x2f7f83, 0x06303a},
		glow: 0xfff0d4, sun: 0xfffaee,
		accents: [4]rgb{0xff7f6b, 0xffb199, 0xfff1e0, 0x2ec4b6}},
	neon: {code: "ncn", dark: true,
		sky:  [4]rgb{0x0b0524, 0x241053, 0x5b1f86, 0xd13d94},
		land: [3]rgb{0x6e2a8f, 0x2c145c, 0x080418},
		glow: 0xff9ed2, sun: 0xffe3f3,
		accents: [4]rgb{0xff4fa3, 0x35e0e6, 0xffe06b, 0xa66bff}},
}
