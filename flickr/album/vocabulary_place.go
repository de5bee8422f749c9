package album

// placeWords are countries and towns. A town shows what it is known for, else
// towers.
var placeWords = []group{
	{"city town skyline downtown urban skyscraper tower york newyork newyorkcity nyc manhattan tokyo london chicago shanghai hongkong singapore seoul sydney stadt ville ciudad cidade città город metropolis toronto boston seattle philadelphia detroit losangeles montreal berlin frankfurt taiwan korea lasvegas vancouver melbourne cityscape bangkok office work industrial industry factory modern business",
		hint{scenes: of(city)}},
	{"street taxi traffic rue calle straße avenue subway metro tram square shop shopping mall",
		hint{scenes: of(city)}},
	{"bridge brücke puente ponte pont мост goldengate goldengatebridge sanfrancisco brooklyn budapest prague praha",
		hint{scenes: spans}},
	{"village oldtown church chapel kirche église iglesia chiesa cathedral steeple monastery abbey england scotland edinburgh germany bavaria poland wales uk britain dorf pueblo cemetery grave russia moscow belgium vienna romania ukraine",
		hint{scenes: villages}},
	{"castle ruin schloss château castillo burg fortress palace rome roma greece athens italy italia temple column monument history egypt pyramid archaeology roman statue sculpture museum turkey istanbul florence landmark heritage architecture arch building facade dome mosque myanmar cambodia israeli jerusalem university courthouse library fountain",
		hint{scenes: ancient}},
	{"venice venezia gondola canal", hint{scenes: ports | spans}},
	{"paris barcelona madrid spain españa france europe tuscany toscana portuguese siena", hint{scenes: villages | ancient}},
	{"house home haus maison casa roof door", hint{scenes: villages | of(cabin)}},
	{"cabin hut cottage chalet lodge cosy cozy fireplace hygge camping camp tent campfire", hint{scenes: of(cabin)}},
	{"africa kenya tanzania safari savanna elephant giraffe lion zebra zoo tiger rhino", hint{scenes: safari}},
	{"asia japan kyoto china india vietnam buddha zen pagoda shrine torii osaka beijing", hint{scenes: lit | of(mountains)}},
	{"california mexico brazil brasil america usa unitedstates route66", hint{scenes: roads | of(mesas)}},
	{"australia newzealand washington southafrica", hint{scenes: of(mountains, coast)}},
	{"window glass interior room kitchen hotel school studio stairs wall tunnel indoor", hint{scenes: cats | cups}},
}
