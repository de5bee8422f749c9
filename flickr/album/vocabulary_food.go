package album

// foodWords are asked for more often than anything.
var foodWords = []group{
	{"food fruit vegetable dinner lunch breakfast meal restaurant cooking cook cuisine market mercado marché markt essen comida stilllife", hint{scenes: fruity}},
	{"sushi salmon shrimp seafood lobster ramen noodle", hint{scenes: fruity | of(reef), moods: of(coral), weak: true}},
	{"pumpkin squash gourd jackolantern", hint{scenes: pumpkins, moods: of(orange, autumn), weak: true}},
	{"carrot mango peach apricot", hint{scenes: fruity, moods: of(orange, autumn), weak: true}},
	{"icecream cream gelato cupcake macaron donut doughnut dessert marshmallow", hint{scenes: fruity | cups, moods: of(pastel), weak: true}},
	{"strawberry tomato apple raspberry chili pizza pomme apfel berry", hint{scenes: fruity, moods: of(red), weak: true}},
	{"lemon banana cheese honey pineapple mustard", hint{scenes: fruity, moods: of(yellow), weak: true}},
	{"avocado salad kiwi pear broccoli", hint{scenes: fruity, moods: of(green), weak: true}},
	{"matcha mint tea", hint{scenes: cups, moods: of(green), weak: true}},
	{"coffee café espresso chocolate cocoa cappuccino latte kaffee", hint{scenes: cups, moods: of(brown), weak: true}},
	{"bread cookie cake bakery burger fries", hint{scenes: fruity | cups, moods: of(brown), weak: true}},
	{"beer whisky cocktail bar pub", hint{scenes: cups, moods: of(yellow, golden), weak: true}},
	{"wine grape plum blueberry aubergine eggplant fig", hint{scenes: fruity, moods: of(violet), weak: true}},
}
