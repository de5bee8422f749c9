package album

// colourWords are colours, and things that are little else.
var colourWords = []group{
	{"red crimson scarlet ruby rouge rot rojo rosso vermelho красный love heart fire flame", hint{moods: of(red), within: graphic}},
	{"orange tangerine naranja arancione", hint{moods: of(orange), within: graphic}},
	{"halloween", hint{scenes: of(patch), moods: of(orange), weak: true}},
	{"yellow amber gelb jaune amarillo giallo amarelo жёлтый", hint{moods: of(yellow), within: graphic}},
	{"green emerald lime grün gruen vert verde зелёный", hint{moods: of(green), within: graphic | of(forest)}},
	{"teal turquoise cyan aqua", hint{moods: of(teal), within: graphic | of(reef)}},
	{"blue navy azure indigo cobalt sapphire blau bleu azul blu синий голубой", hint{moods: of(blue), within: graphic | of(reef, lake)}},
	{"purple violet magenta mauve lila violett morado viola roxo фиолетовый", hint{moods: of(violet), within: graphic}},
	{"pink rosa rosy розовый fuchsia", hint{moods: of(pink), within: graphic}},
	{"brown sepia braun marron brun коричневый", hint{moods: of(brown), within: graphic}},
	{"grey silver grau gris grigio cinza серый concrete", hint{moods: of(grey), within: graphic | of(city)}},
	{"black schwarz noir negro nero preto чёрный", hint{moods: of(ink), within: of(mountains, sea, stars, city, forest, waves)}},
	{"white weiß blanc blanco bianco branco белый", hint{moods: of(pale), within: graphic | of(cabin)}},
	{"bw blackandwhite blackwhite monochrome mono noiretblanc schwarzweiss biancoenero blancoynegro", hint{moods: of(grey, ink), within: of(mountains, sea, city, forest, tree, lake)}},
	{"pastel unicorn candy dream", hint{moods: of(pastel), within: graphic}},
	{"neon cyberpunk synthwave vaporwave disco arcade robot computer", hint{moods: of(neon), within: of(city, sea, mountains, planet, waves, island)}},
}
