package album

// animalWords are creatures.
var animalWords = []group{
	{"cat kitten kitty chat gato gatto katze katt кот кошка", hint{scenes: cats}},
	{"dog puppy hund chien perro cane cachorro собака", hint{scenes: dogs}},
	{"pet", hint{scenes: cats | dogs}},
	{"horse pony cheval pferd caballo cavallo лошадь foal equestrian", hint{scenes: of(horses)}},
	{"cow sheep goat lamb cattle bull calf kuh vache vaca donkey", hint{scenes: grazing}},
	{"deer bear fox wolf moose elk stag wildlife rabbit squirrel hare hedgehog hirsch animal animali tier tiere", hint{scenes: wild}},
	{"monkey panda snake lizard frog", hint{scenes: of(forest)}},
	{"bird oiseau vogel pájaro uccello pássaro птица robin owl parrot hummingbird sparrow crow raven songbird peacock finch kingfisher birdwatching birding feather", hint{scenes: perched}},
	{"eagle hawk falcon", hint{scenes: of(mountains, coast) | perched}},
	{"duck swan goose geese heron pelican flamingo stork egret", hint{scenes: of(lake)}},
	{"butterfly bee dragonfly moth insect ladybug ladybird beetle spider snail bug macro close closeup schmetterling papillon mariposa", hint{scenes: closeups}},
	{"penguin", hint{scenes: of(mountains, sea), moods: of(ice, winter), weak: true}},
}
