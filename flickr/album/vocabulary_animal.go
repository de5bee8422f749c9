package album

// animalWords are creatures.
var animalWords = []group{
	{"cat kitten kitty chat gato gatto katze katt кот кошка", hint{scenes: of(windowCat)}},
	{"dog puppy hund chien perro cane cachorro собака", hint{scenes: of(sittingDog)}},
	{"pet", hint{scenes: of(windowCat, sittingDog)}},
	{"horse pony cheval pferd caballo cavallo лошадь foal equestrian", hint{scenes: of(horses)}},
	{"sheep goat lamb ram mouton oveja schaf pecora", hint{scenes: of(flock)}},
	{"cow cattle bull calf kuh vache vaca donkey", hint{scenes: of(herd)}},
	{"deer moose elk stag hirsch cerf antler", hint{scenes: of(deer)}},
	{"wildlife animal animali tier tiere", hint{scenes: of(deer, songbird, elephants, horses)}},
	{"bear fox wolf rabbit squirrel hare hedgehog badger monkey panda snake lizard frog", hint{scenes: of(forest)}},
	{"bird oiseau vogel pájaro uccello pássaro птица robin owl parrot hummingbird sparrow crow raven songbird peacock finch kingfisher birdwatching birding feather", hint{scenes: of(songbird)}},
	{"eagle hawk falcon", hint{scenes: of(mountains, coast, songbird)}},
	{"duck swan goose geese heron pelican flamingo stork egret", hint{scenes: of(lake)}},
	{"butterfly bee dragonfly moth insect bokeh ladybug ladybird beetle spider snail bug macro close closeup schmetterling papillon mariposa", hint{scenes: of(butterfly)}},
	{"penguin", hint{scenes: of(mountains, sea), moods: of(ice, winter), weak: true}},
}
