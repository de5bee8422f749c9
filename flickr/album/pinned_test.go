package album

// pinned are pictures and the beginning of their SHA-256.
var pinned = map[string]string{
	"wvs-dwn-0000000":     "11d4bc727776",
	"wvs-snt-1cdfgh2":     "bb677bd22078",
	"mtn-mdn-2wxz345":     "734dcd61fe2a",
	"lkk-tmn-1234567":     "be3590e6e9c3",
	"dns-gld-3333333":     "1c1cef2cd609",
	"frs-grn-4000001":     "33abe124e51b",
	"ctt-dsk-rnf-0nnnnnn": "ca1d76f8e9c7",
	"flw-crq-1111111":     "aa59aecbf7f5",
	"rrb-mdn-2222222":     "eedf77c74ccd",
	"mdw-spr-0bcdfgh":     "e6416c709bfb",
	"str-mnl-1bcdfgh":     "a2d49a163147",
	"trq-tmn-2bcdfgh":     "64527575f9ee",
	"cst-thn-3bcdfgh":     "853664513abb",
	"cbn-wnt-4bcdfgh":     "32e2062dd05e",
	"sld-snt-0jklmnp":     "c5bdd6546477",
	"mss-rng-1jklmnp":     "429514ac96be",
	"plt-vlt-2jklmnp":     "852713e4d19a",
	"rws-pst-3jklmnp":     "b3396b9393c4",
	"rff-tlq-4jklmnp":     "e605694ee702",
	"bln-dlt-0qrstvw":     "69cb620582dc",
	"rvr-gld-ngt-1qrstvw": "ade18fc34eb6",
	"rch-ncn-2qrstvw":     "e3c682368cf5",
	"mtn-rdd-snw-3qrstvw": "49acef879be2",
	"frs-mst-0000009":     "09cd05d2306c",
}
