package album

// pinned are pictures and the beginning of their SHA-256.
var pinned = map[string]string{
	"wvs-dwn-0000000":     "11d4bc727776",
	"wvs-snt-1cdfgh2":     "bb677bd22078",
	"mtn-mdn-2wxz345":     "bf1c7cda8c92",
	"lkk-tmn-1234567":     "be3590e6e9c3",
	"dns-gld-3333333":     "1c1cef2cd609",
	"frs-grn-4000001":     "931a6655016d",
	"ctt-dsk-rnf-0nnnnnn": "73b7043c838b",
	"flw-crq-1111111":     "aa59aecbf7f5",
	"rrb-mdn-2222222":     "685e5215dab7",
	"mdw-spr-0bcdfgh":     "ee21d26f1c9f",
	"str-mnl-1bcdfgh":     "a2d49a163147",
	"trq-tmn-2bcdfgh":     "989e5d5c561c",
	"cst-thn-3bcdfgh":     "831fa5a6440c",
	"cbn-wnt-4bcdfgh":     "4b02de903f99",
	"sld-snt-0jklmnp":     "1a32c2119533",
	"mss-rng-1jklmnp":     "094fdf5e47b0",
	"plt-vlt-2jklmnp":     "852713e4d19a",
	"rws-pst-3jklmnp":     "92a0af51e745",
	"rff-tlq-4jklmnp":     "e5237f72da23",
	"bln-dlt-0qrstvw":     "69cb620582dc",
	"rvr-gld-ngt-1qrstvw": "0a1566dd6d91",
	"rch-ncn-2qrstvw":     "d7f19cdd5924",
	"mtn-rdd-snw-3qrstvw": "c1653acfe134",
	"frs-mst-0000009":     "a6cee2ca273b",
}
