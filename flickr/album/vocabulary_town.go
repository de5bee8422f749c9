package album

// townWords are about traffic and what people make and do.
var townWords = []group{
	{"car automobile auto voiture coche vintagecar classiccar oldcar truck motorcycle motorbike driving drive racing race ferrari bmw porsche mustang ford vw volkswagen bus parking", hint{scenes: roads}},
	{"road highway roadtrip path route camino weg way", hint{scenes: roads}},
	{"train railway railroad rail locomotive station steam steamtrain bahn zug tren treno viaduct", hint{scenes: rails}},
	{"plane airplane aircraft airport aviation jet flugzeug avion flying flight airline", hint{scenes: flights}},
	{"balloon hotairballoon cappadocia", hint{scenes: of(balloons)}},
	{"bicycle bike cycling vélo fahrrad bici cyclist", hint{scenes: cycling}},
	{"travel trip journey voyage reise viaje viaggio adventure wanderlust explore exploration urbanexploration tourism tourist", hint{within: roads | rails | flights | of(balloons)}},
	{"freedom free", hint{scenes: of(balloons)}},
	{"music musik música musique concert band guitar piano jazz rocknroll livemusic song singer orchestra theatre ballet dance show cinema club stage opera", hint{scenes: stages}},
	{"festival party celebration celebrate firework newyear carnival fête fiesta birthday anniversary", hint{scenes: festive}},
	{"lantern lamp candle light lights lumière luz licht luce illumination bokeh glow", hint{scenes: lit}},
	{"sport soccer football baseball basketball tennis golf stadium running run rugby hockey skateboard skateboarding yoga fitness gym ball game team match", hint{scenes: sports}},
	{"abstract art design pattern shape minimal minimalist minimalism poster texture painting drawing kunst arte artist graffiti mural streetart line color colorful geometry creative surreal digital illustration decay abandoned sign", hint{scenes: of(waves, arches)}},
	{"rainbow arcobaleno regenbogen", hint{scenes: of(arches, waves), moods: of(pastel, coral, spring), weak: true}},
	{"wedding bride marriage hochzeit mariage boda ring", hint{scenes: persons | vases, moods: of(pastel, dawn, golden), weak: true}},
	{"toy lego doll teddy book reading", hint{scenes: cups | playful}},
}
