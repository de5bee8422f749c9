package album

// townWords are about traffic and what people make and do.
var townWords = []group{
	{"car automobile auto voiture coche vintagecar classiccar oldcar truck motorcycle motorbike driving drive racing race ferrari bmw porsche mustang ford vw volkswagen bus parking", hint{scenes: of(road)}},
	{"road highway roadtrip route way", hint{scenes: of(road)}},
	{"train railway railroad rail locomotive station steam steamtrain tunnel bahn zug tren treno viaduct", hint{scenes: of(viaduct)}},
	{"plane airplane aircraft airport aviation jet flugzeug avion flying flight airline", hint{scenes: of(flight)}},
	{"balloon hotairballoon cappadocia", hint{scenes: of(balloons)}},
	{"bicycle bike cycling vélo fahrrad bici cyclist", hint{scenes: of(bicycle)}},
	{"travel trip journey voyage reise viaje viaggio adventure wanderlust explore exploration urbanexploration tourism tourist", hint{within: of(road, viaduct, flight, balloons)}},
	{"freedom free", hint{scenes: of(balloons)}},
	{"music musik música musique concert band guitar piano jazz rocknroll livemusic song singer orchestra theatre ballet dance show cinema club stage opera", hint{scenes: of(stage)}},
	{"festival party celebration celebrate firework newyear carnival fête fiesta birthday anniversary", hint{scenes: of(fireworks)}},
	{"lantern lamp candle illumination", hint{scenes: of(lanterns)}},
	{"light lumière luz licht luce glow", hint{within: of(lanterns)}},
	{"sport soccer football baseball basketball tennis golf stadium rugby hockey ball game team match", hint{scenes: of(pitch)}},
	{"skateboard skateboarding skate parkour", hint{scenes: of(city)}},
	{"yoga fitness meditation running run runner gym", hint{scenes: of(people, beach)}},
	{"abstract art design pattern shape minimal minimalist minimalism poster texture painting drawing kunst arte artist graffiti mural streetart line geometry creative surreal digital illustration decay abandoned sign", hint{scenes: of(waves, arches)}},
	{"color colorful couleur farbe", hint{within: of(waves, arches, balloons)}},
	{"rainbow arcobaleno regenbogen", hint{scenes: of(arches, waves), moods: of(pastel, coral, spring), weak: true}},
	{"wedding bride marriage hochzeit mariage boda ring", hint{scenes: of(people, vase), moods: of(pastel, dawn, golden), weak: true}},
	{"toy lego doll teddy book reading", hint{scenes: of(cup, kite)}},
}
