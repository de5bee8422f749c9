package album

import (
	"maps"
	"slices"
	"strings"
)

// Scenes that show a kind of mood well.
var (
	anywhere = of(sea, mountains, lake, dunes, forest, waves, meadow, tree, coast, island, mesas, balloons, river, arches, rows)
	openAir  = of(sea, mountains, lake, forest, coast, river, tree, cabin)
	nightly  = of(stars, city, aurora, lake, sea, mountains, coast, cabin, lanterns, village, harbour)
	snowy    = of(cabin, mountains, forest, lake, tree, river, village, songbird)
	graphic  = of(waves, arches, dunes, mountains, balloons, sea, tree)
	evening  = of(sea, mountains, dunes, coast, island, lake, mesas, balloons)
)

// group is words that mean the same to the album.
type group struct {
	words string
	hint  hint
}

// vocabulary is all words that the album knows, each once. Plurals, other
// spellings and compounds are found by rule.
var vocabulary = slices.Concat(landWords, placeWords, townWords, foodWords, animalWords, peopleWords, moodWords, colourWords)

// words are the words of the vocabulary, as they stand there and in the plain
// spelling.
var words = maps.Collect(func(yield func(string, hint) bool) {
	for _, group := range vocabulary {
		for word := range strings.FieldsSeq(group.words) {
			if !yield(word, group.hint) || !yield(plain(word), group.hint) {
				return
			}
		}
	}
})

// runes are words of scripts that leave no space between them.
var runes = func() map[rune]hint {
	m := make(map[rune]hint)
	for word, signs := range map[string]string{
		"sea": "海바", "mountain": "山岳산峰", "snow": "雪눈", "night": "夜밤", "forest": "森林숲", "tree": "木樹树나",
		"flower": "花꽃", "sakura": "桜樱", "sky": "空天하", "star": "星별", "moon": "月달", "rain": "雨비",
		"fog": "霧雾", "city": "街町市京都", "lake": "湖", "river": "川河江강", "island": "島岛섬", "winter": "冬",
		"autumn": "秋紅葉", "spring": "春", "summer": "夏", "red": "赤红", "blue": "青蓝", "green": "緑绿",
		"white": "白", "black": "黒黑", "ice": "氷冰", "fish": "魚鱼", "desert": "砂沙", "space": "宇",
		"sunset": "夕", "sun": "陽阳", "cat": "猫貓", "dog": "犬狗", "bird": "鳥鸟새", "horse": "馬马",
		"landscape": "風景风", "railway": "電車车", "bridge": "橋桥", "harbor": "港", "temple": "寺神",
		"waterfall": "滝瀑", "person": "人", "firework": "火", "cloud": "雲云", "lantern": "灯",
	} {
		for _, sign := range signs {
			m[sign] = words[word]
		}
	}
	return m
}()
