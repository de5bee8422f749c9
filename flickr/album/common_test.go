package album

import (
	"strings"
	"testing"
)

// common are tags that people give their photos most often, as they write
// them: with and without blanks, in singular and plural, in several languages.
// A comma parts two tags.
const common = `
africa, airplane, aircraft, airport, alaska, alps, amsterdam, analog, ancient, animal, animals,
antarctica, apple, aquarium, arch, architecture, arizona, art, artist, asia, aurora, australia,
austria, autumn, autumn leaves, aviation, baby, backlight, backpacking, ballet, balloon, band,
barcelona, barn, baseball, basketball, bay, beach, beautiful, beauty, beer, bee, belgium, berlin,
bicycle, bike, bird, birds, birthday, black, black and white, blackandwhite, blossom, blue, blue hour,
blue sky, boat, boats, bokeh, book, boston, boy, brasil, brazil, bread, breakfast, bridge, brown,
buddha, building, buildings, bus, butterfly, bw, cactus, café, cake, california, camera, camping,
canada, candle, candid, canon, canyon, car, cars, castle, cat, cats, cathedral, cave, celebration,
cemetery, cherry blossom, chicago, child, children, china, chocolate, christmas, church, cinema,
city, city lights, city at night, cityscape, classic car, cliff, close-up, closeup, cloud, clouds,
coast, coffee, cold, color, colorado, colorful, colour, colours, colourful, concert, cooking, coral,
costume, countryside, couple, cow, creek, cruise, crowd, cuba, culture, cute, cycling, daisy, dance,
dancing, dark, dawn, decay, deer, denmark, desert, design, dessert, detroit, dinner, dog, dogs,
dolphin, door, dragonfly, drawing, dream, dubai, duck, dusk, eagle, easter, edinburgh, egypt,
elephant, england, europe, evening, eye, eyes, face, fall, fall colors, family, farm, fashion, fern,
festival, field, film, finland, fire, fireworks, fish, fishing, flight, florence, florida, flower,
flowers, fog, foggy morning, food, football, forest, fountain, fox, france, friends, frog, frost, fruit,
fun, garden, gardens, geese, germany, girl, girls, glacier, glass, golden gate bridge, golden hour,
goose, graffiti, grand canyon, grass, greece, green, guitar, hair, halloween, hands, happy, harbor, harbour,
harbour at night, hat, hawaii, hdr, heart, heron, hiking, hills, historic, history, holiday, holidays,
hong kong, horizon, horse, horses, hot air balloon, hotel, house, houses, hummingbird, iceland, ice,
ice cream, india, indonesia, industrial, insect, insects, interior, iphone, iphoneography, ireland, island,
israel, istanbul, italy, japan, jazz, jungle, kayak, kids, kitchen, kitten, kitty, kyoto, ladybug, lake,
landmark, landscape, landscape photography, lantern, lanterns, las vegas, leaf, leaves, lego, library,
light, lighthouse, lightning, lights, lion, lisbon, live music, london, los angeles, love, macro,
madrid, makeup, man, manhattan, maple, market, meadow, mexico, miami, milky way, minimal, minimalism,
mirror, mist, model, monkey, monochrome, montreal, monument, moon, morning, morocco, moss, moscow, moth,
motorcycle, mount fuji, mountain, mountains, museum, mushroom, mushrooms, music, myanmar, national park,
natural, nature, neon, nepal, netherlands, new york, new york city, new zealand, newyork, newzealand, night,
night photography, nikon, northern lights, norway, nyc, ocean, office, old, old car, old town, olympus,
orange, orchard, orchid, oregon, outdoor, outdoors, owl, pacific, painting, palm tree, palm trees,
panorama, paris, park, parrot, party, path, pattern, peacock, pelican, penguin, people, pets, philadelphia,
philippines, photo, photographer, photography, photos, piano, pier, pink, pizza, plane, plant, plants,
playing, poland, pond, pool, poppies, poppy, port, portland, portrait, portraits, portugal, prague,
pumpkin, puppy, purple, rabbit, racing, railroad, railway, rain, rainbow, red, reflection, reflections,
restaurant, retro, river, road, roadtrip, robin, rock, rocks, rome, roof, rose, roses, ruins, running, rural,
russia, sailing, salad, san francisco, sand, santa, scenic, school, scotland, sculpture, sea, seagull,
seascape, seashore, seattle, selfie, self portrait, sepia, shadow, shadows, sheep, ship, ships, shoes,
shopping, show, sign, silhouette, singapore, skateboarding, skiing, skull, sky, skyline, skyscraper, smile,
smoke, snail, snow, snowflake, soccer, south africa, space, spain, spider, sports, spring, square,
squirrel, stadium, stairs, star, stars, station, statue, steam train, still life, stockholm, storm, strawberry,
stream, street, street art, streetart, street photography, streetphotography, studio, subway, summer, sun,
sunflower, sunflowers, sunlight, sunny, sunrise, sunset, sunsets, surf, surfing, sushi, swan, sweden,
swimming, switzerland, sydney, taiwan, tattoo, taxi, tea, temple, texas, texture, thailand, theatre, tiger,
tokyo, toronto, tower, town, toy, toys, traffic, trail, train, trains, tram, travel, tree, trees, trip, truck,
tulip, tulips, tunnel, turkey, turtle, umbrella, underwater, university, urban, urban exploration, usa, utah,
vacation, valley, vancouver, vegetables, venice, vienna, vietnam, view, village, vintage, vintage car, volcano,
walk, wall, washington, water, water drop, waterfall, waterfalls, wave, waves, wedding, weather, white, wildflower,
wildflowers, wildlife, wind, windmill, window, windows, wine, winter, wolf, woman, women, wood, woods,
work, yacht, yellow, yellowstone, yoga, yosemite, zebra, zoo,
2010, d90, de, geotagged, instagramapp, la, me, new, project365, san, square format, uk, unitedstates, west,
arbre, arbres, berge, blume, blumen, bosque, chat, ciel, cielo, ciudad, fête, fiori, fleur, fleurs, flores, gato,
herbst, himmel, hiver, hund, invierno, kirche, kunst, landschaft, luz, mar, mer, mercado, montagne, montaña,
música, nacht, natur, naturaleza, noche, nuit, paesaggio, paisaje, paysage, perro, playa, plage, portrait de femme,
primavera, puente, retrato, rue, sommer, sonnenuntergang, stadt, strand, verano, ville, voiture, voyage, wald, wasser,
winterlandschaft, 夕焼け, 桜, 海, 空, 紅葉, 花, 雪, 猫, 犬, 鳥, 山, 風景, 電車, 夜景`

func commonTags() []string {
	var tags []string
	for tag := range strings.SplitSeq(common, ",") {
		if tag = strings.TrimSpace(tag); tag != "" {
			tags = append(tags, tag)
		}
	}
	return tags
}

func TestCommonTagsAreUnderstood(t *testing.T) {
	const want = 95 // percent
	tags := commonTags()
	var missed []string
	for _, tag := range tags {
		if len(hintsOf(tag)) == 0 {
			missed = append(missed, tag)
		}
	}
	share := 1000 * (len(tags) - len(missed)) / len(tags)
	t.Logf("%d.%d %% of %d common tags are understood; not: %s", share/10, share%10, len(tags), strings.Join(missed, ", "))
	if share < want*10 {
		t.Errorf("got %d.%d %% of the common tags, want at least %d %%", share/10, share%10, want)
	}
}
