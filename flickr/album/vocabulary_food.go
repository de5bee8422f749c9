package album

// foodWords are asked for more often than anything.
var foodWords = []group{
	{"food fruit vegetable dinner lunch breakfast meal restaurant cooking cook cuisine market mercado marché markt essen comida stilllife", hint{scenes: of(fruit)}},
	{"sushi salmon shrimp seafood lobster ramen noodle", hint{scenes: of(fruit, reef), moods: of(coral), weak: true}},
	{"pumpkin squash gourd jackolantern", hint{scenes: of(patch), moods: of(orange, autumn), weak: true}},
	{"carrot mango peach apricot", hint{scenes: of(fruit), moods: of(orange, autumn), weak: true}},
	{"icecream cream gelato cupcake macaron donut doughnut dessert marshmallow", hint{scenes: of(fruit, cup), moods: of(pastel), weak: true}},
	{"strawberry tomato apple raspberry chili pizza pomme apfel berry", hint{scenes: of(fruit), moods: of(red), weak: true}},
	{"lemon banana cheese honey pineapple mustard", hint{scenes: of(fruit), moods: of(yellow), weak: true}},
	{"avocado salad kiwi pear broccoli", hint{scenes: of(fruit), moods: of(green), weak: true}},
	{"matcha mint tea", hint{scenes: of(cup), moods: of(green), weak: true}},
	{"coffee café espresso chocolate cocoa cappuccino latte kaffee", hint{scenes: of(cup), moods: of(brown), weak: true}},
	{"bread cookie cake bakery burger fries", hint{scenes: of(fruit, cup), moods: of(brown), weak: true}},
	{"beer whisky cocktail bar pub", hint{scenes: of(cup), moods: of(yellow, golden), weak: true}},
	{"wine grape plum blueberry aubergine eggplant fig", hint{scenes: of(fruit), moods: of(violet), weak: true}},
}
