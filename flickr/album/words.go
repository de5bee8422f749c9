package album

import "hash/fnv"

// theme is what a word stands for.
type theme struct{ seed uint64 }

func themeOf(text string) theme {
	h := fnv.New64a()
	h.Write([]byte(text))
	return theme{h.Sum64()}
}

// picture is the i-th picture of the theme.
func (t theme) picture(i int) picture {
	return picture{scene: sea, mood: dawn + i%2, seed: uint32(scramble(t.seed + uint64(i)))}
}

func (p picture) title(text string) string { return scenes[p.scene].titles[0] }
