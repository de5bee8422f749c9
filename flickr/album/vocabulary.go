package album

import (
	"maps"
	"strings"
)

// Scenes that show a kind of mood well.
var (
	anywhere = of(sea, mountains, lake, dunes, forest, waves, meadow, tree, coast, island, mesas, balloons, river, arches, rows)
	openAir  = of(sea, mountains, lake, forest, coast, river, tree, cabin)
	nightly  = of(stars, city, aurora, lake, sea, mountains, coast, cabin)
	snowy    = of(cabin, mountains, forest, lake, tree, river)
	graphic  = of(waves, arches, dunes, mountains, balloons, sea, tree)
	blooming = of(meadow, rows, tree)
	tasty    = of(waves, arches, balloons, tree, rows)
	evening  = of(sea, mountains, dunes, coast, island, lake, mesas, balloons)
)

// words are grouped by what they mean; their inflections are found by meaning.
var words = maps.Collect(func(yield func(string, hint) bool) {
	for _, group := range vocabulary {
		for word := range strings.FieldsSeq(group.words) {
			if !yield(word, group.hint) {
				return
			}
		}
	}
})

var vocabulary = []struct {
	words string
	hint  hint
}{
	// Scenes.
	{"sea ocean surf wave tide sail sailing sailboat boat ship yacht horizon atlantic pacific mediterranean mar mer meer mare ozean océano mär hav deniz море",
		hint{scenes: of(sea)}},
	{"beach seaside bay playa plage strand spiaggia praia", hint{scenes: of(sea, island, coast)}},
	{"mountain mount peak alp alps alpine summit himalaya everest matterhorn hiking climbing berg berge gebirge montagne montaña montanha montagna fuji hill highland fjell гора горы",
		hint{scenes: of(mountains, lake)}},
	{"ski skiing snowboard", hint{scenes: of(cabin, mountains), moods: of(winter, ice), weather: snow}},
	{"lake pond reservoir loch lago lac see teich canoe kayak jetty calm still озеро", hint{scenes: of(lake)}},
	{"river stream creek valley brook waterfall fluss río rio rivière fiume canyoning fjord река", hint{scenes: of(river)}},
	{"desert sand sahara dune gobi camel dubai egypt morocco wüste désert desierto deserto пустыня", hint{scenes: of(dunes)}},
	{"canyon mesa arizona utah cactus texas butte western cowboy nevada", hint{scenes: of(mesas)}},
	{"forest wood woods woodland jungle wald forêt foret bosque floresta foresta bosco deer bear fox лес", hint{scenes: of(forest)}},
	{"pine fir spruce conifer", hint{scenes: of(forest, cabin, mountains)}},
	{"tree oak maple baum árbol arbre albero дерево", hint{scenes: of(tree, forest)}},
	{"city town street skyline downtown urban building skyscraper york nyc manhattan tokyo london paris berlin chicago shanghai hongkong singapore seoul sydney stadt ville ciudad cidade città город taxi bridge metropolis traffic",
		hint{scenes: of(city)}},
	{"meadow field grass prairie pasture garden park countryside wiese champ campo prado поле cow sheep horse", hint{scenes: of(meadow, rows)}},
	{"flower blossom bloom petal daisy wildflower bouquet blume fleur flor fiore bee butterfly цветы", hint{scenes: of(meadow, rows), moods: of(spring, pink, dawn, day), weak: true}},
	{"rose poppy", hint{scenes: blooming, moods: of(pink, red, spring), weak: true}},
	{"tulip holland netherlands windmill farm harvest mühle moulin", hint{scenes: of(rows, meadow)}},
	{"lavender lilac provence", hint{scenes: of(rows), moods: of(violet), weak: true}},
	{"sunflower", hint{scenes: of(meadow, rows), moods: of(yellow, golden), weak: true}},
	{"cherry sakura", hint{scenes: of(tree), moods: of(pink, spring), weak: true}},
	{"coast cliff shore lighthouse phare faro leuchtturm küste côte costa ireland cornwall brittany", hint{scenes: of(coast)}},
	{"island palm tropical tropic hawaii maldives caribbean tahiti bali insel île isla isola ilha остров", hint{scenes: of(island)}},
	{"cabin hut cottage chalet lodge cosy cozy fireplace hygge", hint{scenes: of(cabin)}},
	{"house home haus maison casa", hint{scenes: of(cabin, tree, city)}},
	{"aurora borealis iceland lapland norway polarlicht", hint{scenes: of(aurora), moods: of(midnight, moonlit, green, violet), weak: true}},
	{"star galaxy milky nebula constellation astronomy stargazing étoile estrella stella stern звезда звезды", hint{scenes: of(stars), moods: of(midnight, moonlit, violet, ink), weak: true}},
	{"space planet universe cosmos saturn jupiter mars rocket astronaut alien orbit moonbase weltraum espace космос", hint{scenes: of(planet)}},
	{"moon lune luna mond lua луна", hint{scenes: of(sea, stars, mountains, planet, lake), moods: of(midnight, moonlit), weak: true}},
	{"sun soleil sol sonne sole солнце", hint{scenes: evening, moods: of(golden, sunset, day, orange), weak: true}},
	{"reef coral fish whale shark dolphin underwater diving snorkel scuba aquarium octopus turtle poisson pez fisch", hint{scenes: of(reef)}},
	{"balloon balloons flying flight sky cappadocia adventure travel freedom himmel ciel cielo небо", hint{scenes: of(balloons)}},
	{"abstract art design pattern shape music jazz minimal poster", hint{scenes: of(waves, arches)}},
	{"rainbow arcobaleno regenbogen happy birthday party festival", hint{scenes: of(arches, balloons, waves), moods: of(pastel, coral, spring), weak: true}},

	// Times of the day.
	{"night nighttime midnight dark darkness nacht nuit noche notte noite natt ночь", hint{moods: of(midnight, moonlit), within: nightly, weather: night}},
	{"moonlight moonlit starlight starry", hint{moods: of(moonlit, midnight), within: of(stars, sea, lake, mountains), weather: night}},
	{"dawn sunrise daybreak morning aube aurore alba amanecer morgen sonnenaufgang утро", hint{moods: of(dawn, golden), within: evening}},
	{"sunset sundown sonnenuntergang atardecer tramonto закат", hint{moods: of(sunset, golden, dusk), within: evening}},
	{"dusk twilight evening crepúsculo crépuscule dämmerung abend soir", hint{moods: of(dusk, sunset), within: evening}},
	{"day daytime noon midday sunny jour día tag", hint{moods: of(day), within: openAir}},
	{"golden gold brass", hint{moods: of(golden, yellow), within: evening}},

	// Seasons and weather.
	{"snow snowfall snowflake blizzard winter schnee neige nieve neve hiver invierno inverno снег зима christmas xmas weihnachten noël navidad january december", hint{moods: of(winter, ice), within: snowy, weather: snow}},
	{"ice iceberg glacier frost arctic antarctic antarctica polar penguin cold freeze frozen eis glace hielo лёд лед", hint{moods: of(ice, winter), within: of(mountains, lake, cabin, aurora, sea)}},
	{"rain drizzle shower umbrella regen pluie lluvia pioggia chuva monsoon дождь", hint{moods: of(wet, storm), within: of(city, sea, forest, lake, coast, mountains), weather: rain}},
	{"storm thunder thunderstorm lightning hurricane tempest sturm tempête tormenta гроза", hint{moods: of(storm), within: of(sea, coast, mountains, city, meadow), weather: rain}},
	{"fog mist haze nebel brouillard niebla nebbia туман ghost", hint{moods: of(misty), within: of(forest, mountains, lake, city, sea, coast), weather: fog}},
	{"autumn fall october november leaf leaves herbst automne otoño autunno outono осень", hint{moods: of(autumn, golden), within: of(tree, forest, mountains, river, lake, balloons)}},
	{"spring april may easter frühling printemps primavera весна", hint{moods: of(spring, pastel), within: of(meadow, tree, rows, balloons, lake)}},
	{"summer july august sommer été verano estate verão лето holiday vacation", hint{moods: of(day, golden, coral), within: of(sea, island, meadow, balloons, rows, coast)}},

	// Colours.
	{"red crimson scarlet ruby rouge rot rojo rosso vermelho красный love heart fire flame lava volcano", hint{moods: of(red), within: graphic}},
	{"orange tangerine naranja arancione halloween", hint{moods: of(orange), within: graphic}},
	{"yellow amber gelb jaune amarillo giallo amarelo жёлтый", hint{moods: of(yellow), within: graphic}},
	{"green emerald lime grün gruen vert verde зелёный", hint{moods: of(green), within: graphic | of(forest)}},
	{"teal turquoise cyan aqua", hint{moods: of(teal), within: graphic | of(reef)}},
	{"blue navy azure indigo cobalt sapphire blau bleu azul blu синий голубой", hint{moods: of(blue), within: graphic | of(reef, lake)}},
	{"purple violet magenta mauve lila violett morado viola roxo фиолетовый", hint{moods: of(violet), within: graphic}},
	{"pink rosa rosy розовый fuchsia", hint{moods: of(pink), within: graphic}},
	{"brown sepia braun marron marrón brun коричневый", hint{moods: of(brown), within: graphic}},
	{"grey gray silver grau gris grigio cinza серый concrete", hint{moods: of(grey), within: graphic | of(city)}},
	{"black schwarz noir negro nero preto чёрный", hint{moods: of(ink), within: of(mountains, sea, stars, city, forest, waves)}},
	{"white weiß weiss blanc blanco bianco branco белый", hint{moods: of(pale), within: graphic | of(cabin)}},
	{"pastel unicorn baby candy dream", hint{moods: of(pastel), within: graphic}},
	{"neon cyberpunk retro synthwave vaporwave disco club arcade robot computer", hint{moods: of(neon), within: of(city, sea, mountains, planet, waves, island)}},

	// Food, which is asked for more often than anything.
	{"sushi salmon shrimp seafood lobster ramen", hint{scenes: tasty | of(reef), moods: of(coral), weak: true}},
	{"pumpkin carrot mango peach apricot", hint{scenes: tasty, moods: of(orange, autumn), weak: true}},
	{"icecream cream gelato cupcake macaron donut doughnut dessert marshmallow", hint{scenes: tasty, moods: of(pastel), weak: true}},
	{"strawberry tomato apple raspberry chili pizza", hint{scenes: tasty, moods: of(red), weak: true}},
	{"lemon banana cheese honey pineapple beer mustard", hint{scenes: tasty, moods: of(yellow), weak: true}},
	{"avocado matcha salad kiwi pear mint tea broccoli", hint{scenes: tasty | of(meadow), moods: of(green), weak: true}},
	{"coffee chocolate espresso bread cookie cake whisky cocoa", hint{scenes: tasty | of(dunes), moods: of(brown), weak: true}},
	{"wine grape plum blueberry aubergine eggplant fig", hint{scenes: tasty | of(rows), moods: of(violet), weak: true}},

	// Creatures and things that many ask for first.
	{"cat kitten chat gato katze katt dog puppy hund chien perro", hint{scenes: of(meadow, tree, balloons, cabin, river)}},
	{"bird gull eagle owl", hint{scenes: of(mountains, sea, coast, tree)}},
}

// runes are words of scripts that leave no space between them.
var runes = map[rune]hint{
	'海': words["sea"], '山': words["mountain"], '岳': words["mountain"], '雪': words["snow"], '夜': words["night"],
	'森': words["forest"], '林': words["forest"], '木': words["tree"], '樹': words["tree"], '花': words["flower"],
	'桜': words["sakura"], '樱': words["sakura"], '空': words["sky"], '星': words["star"], '月': words["moon"],
	'雨': words["rain"], '霧': words["fog"], '雾': words["fog"], '街': words["city"], '町': words["city"], '市': words["city"],
	'京': words["city"], '湖': words["lake"], '川': words["river"], '河': words["river"], '江': words["river"],
	'島': words["island"], '岛': words["island"], '冬': words["winter"], '秋': words["autumn"], '春': words["spring"],
	'夏': words["summer"], '赤': words["red"], '红': words["red"], '青': words["blue"], '蓝': words["blue"], '緑': words["green"],
	'绿': words["green"], '白': words["white"], '黒': words["black"], '黑': words["black"], '氷': words["ice"], '冰': words["ice"],
	'魚': words["fish"], '鱼': words["fish"], '砂': words["desert"], '沙': words["desert"], '宇': words["space"], '바': words["sea"], '산': words["mountain"],
	'눈': words["snow"], '밤': words["night"], '꽃': words["flower"], '별': words["star"], '강': words["river"], '숲': words["forest"],
}
