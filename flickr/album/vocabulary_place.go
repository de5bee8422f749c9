package album

// placeWords are countries and towns. A town shows what it is known for, else
// towers.
var placeWords = []group{
	{"city town skyline downtown urban skyscraper tower york newyork newyorkcity nyc manhattan tokyo london chicago shanghai hongkong singapore seoul sydney stadt ville ciudad cidade città город metropolis toronto boston seattle philadelphia detroit losangeles montreal berlin frankfurt taiwan korea lasvegas vancouver melbourne cityscape bangkok office work industrial industry factory modern business",
		hint{scenes: of(city)}},
	{"street taxi traffic rue calle straße avenue subway metro tram square shop shopping mall",
		hint{scenes: of(city)}},
	{"bridge brücke puente ponte pont мост goldengate goldengatebridge sanfrancisco brooklyn budapest prague praha",
		hint{scenes: of(bridge)}},
	{"village oldtown church chapel kirche église iglesia chiesa cathedral steeple monastery abbey england scotland edinburgh germany bavaria poland wales uk britain dorf pueblo cemetery grave russia moscow belgium vienna romania ukraine",
		hint{scenes: of(village)}},
	{"castle schloss château castillo castello burg fortress palace kasteel knight medieval", hint{scenes: of(castle)}},
	{"ruin rome roma greece athens italy italia temple column monument history egypt pyramid archaeology roman statue sculpture museum turkey istanbul florence landmark heritage dome mosque myanmar cambodia israeli jerusalem university courthouse library fountain",
		hint{scenes: of(columns)}},
	{"paris barcelona madrid", hint{scenes: of(city)}},
	{"architecture building arch facade", hint{scenes: of(city, columns)}},
	{"venice venezia gondola canal", hint{scenes: of(harbour, bridge)}},
	{"spain españa france europe tuscany toscana portuguese siena", hint{scenes: of(village, columns)}},
	{"house home haus maison casa roof door", hint{scenes: of(village, cabin)}},
	{"cabin hut cottage chalet lodge cosy cozy fireplace hygge camping camp tent campfire", hint{scenes: of(cabin)}},
	{"africa kenya tanzania safari savanna elephant giraffe lion zebra zoo tiger rhino", hint{scenes: of(elephants)}},
	{"asia japan kyoto china india vietnam buddha zen pagoda shrine torii osaka beijing", hint{scenes: of(lanterns, mountains)}},
	{"california mexico brazil brasil america usa unitedstates route66", hint{scenes: of(road, mesas)}},
	{"australia newzealand washington southafrica", hint{scenes: of(mountains, coast)}},
	{"window glass interior room kitchen hotel school studio stairs wall indoor", hint{scenes: of(windowCat, cup)}},
}
