package album

// peopleWords are about people, and about taking pictures of them.
var peopleWords = []group{
	{"people person couple friend family crowd gente leute menschen amis famille familia silhouette shadow walk walking together human life", hint{scenes: of(people)}},
	{"portrait face woman women man men girl boy model retrato porträt ritratto selfie self fashion beauty eye hair makeup femme frau mujer lady smile head tattoo hat candid skull costume hand shoe", hint{scenes: of(portrait)}},
	{"baby child children kid kind enfant niño play playing playground toddler fun happy kite", hint{scenes: of(kite)}},
	{"photo photography photographer camera nikon canon olympus sony fujifilm leica pentax lens iphone iphoneography film analog instagram picture foto fotografia hdr 35mm landscape landschaft paisaje paysage paesaggio scenery scenic view panorama outdoor nature natur naturaleza natural environment", hint{within: of(viewpoint, river, lake)}},
}
