package album

// moodWords are times, seasons and weathers.
var moodWords = []group{
	{"night nighttime midnight dark darkness nacht nuit noche notte noite natt ночь", hint{moods: of(midnight, moonlit), within: nightly, weather: night}},
	{"moonlight moonlit starlight starry", hint{moods: of(moonlit, midnight), within: of(stars, sea, lake, mountains), weather: night}},
	{"dawn sunrise daybreak morning aube aurore alba amanecer morgen sonnenaufgang утро", hint{moods: of(dawn, golden), within: evening}},
	{"sunset sundown sonnenuntergang atardecer tramonto закат sunlight backlight sunbeam", hint{moods: of(sunset, golden, dusk), within: evening}},
	{"dusk twilight evening bluehour crepúsculo crépuscule dämmerung abend soir", hint{moods: of(dusk, sunset), within: evening}},
	{"day daytime noon midday sunny jour día tag", hint{moods: of(day), within: openAir}},
	{"golden gold brass goldenhour", hint{moods: of(golden, yellow), within: evening}},

	{"snow snowfall snowflake blizzard winter schnee neige nieve neve hiver invierno inverno снег зима christmas xmas weihnachten noël navidad january december santa february", hint{moods: of(winter, ice), within: snowy, weather: snow}},
	{"ice iceberg glacier frost arctic antarctic antarctica polar cold freeze frozen eis glace hielo лёд лед", hint{moods: of(ice, winter), within: of(mountains, lake, cabin, aurora, sea)}},
	{"rain drizzle shower umbrella regen pluie lluvia pioggia chuva monsoon дождь", hint{moods: of(wet, storm), within: of(city, sea, forest, lake, coast, mountains), weather: rain}},
	{"storm thunder thunderstorm lightning hurricane tempest sturm tempête tormenta гроза", hint{moods: of(storm), within: of(sea, coast, mountains, city, meadow), weather: rain}},
	{"fog mist haze nebel brouillard niebla nebbia туман ghost smoke", hint{moods: of(misty), within: of(forest, mountains, lake, city, sea, coast), weather: fog}},
	{"autumn fall october november september leaf leaves herbst automne otoño autunno outono осень", hint{moods: of(autumn, golden), within: of(tree, forest, mountains, river, lake, patch, viaduct, deer)}},
	{"spring april march may easter frühling printemps primavera весна", hint{moods: of(spring, pastel), within: of(meadow, tree, rows, balloons, lake, orchard)}},
	{"summer july august june sommer été verano estate verão лето holiday vacation vacanze vacances urlaub", hint{moods: of(day, golden, coral), within: of(sea, beach, island, meadow, balloons, rows, coast)}},
	{"old vintage historic antique ancient retro nostalgia", hint{moods: of(brown, golden), within: of(columns, viaduct, road), weak: true}},
	{"beautiful pretty lovely wonderful amazing cute peaceful quiet serene", hint{within: anywhere}},
	{"anything something anywhere surprise random", hint{within: anywhere}},
}
