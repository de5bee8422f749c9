package flickr

import (
	"reflect"
	"strconv"
	"testing"
)

func TestStaticURL(t *testing.T) {
	const want = "https://live.staticflickr.com/2822/10_ab12_b.jpg"
	tests := []struct{ raw, want string }{
		{want, want},
		{"http://live.staticflickr.com/2822/10_ab12_b.jpg", want},
		{"//live.staticflickr.com/2822/10_ab12_b.jpg", want},
		{" https://LIVE.staticflickr.com/2822/10_ab12_b.jpg?zz=1#top ", want},
		{"http://farm3.staticflickr.com/2822/10_ab12_b.jpg", want},
		{"http://farm66.static.flickr.com/2822/10_ab12_b.jpg", want},
		{"https://live.staticflickr.com/2822/10_ab12.jpg", "https://live.staticflickr.com/2822/10_ab12.jpg"},
		{"https://live.staticflickr.com/2822/10_ab12_4k.png", "https://live.staticflickr.com/2822/10_ab12_4k.png"},
		{"https://live.staticflickr.com/0/10_ab12_b.jpg", ""},
		{"https://live.staticflickr.com.evil.example/2822/10_ab12_b.jpg", ""},
		{"https://evil.example/live.staticflickr.com/2822/10_ab12_b.jpg", ""},
		{"https://evil.example#live.staticflickr.com/2822/10_ab12_b.jpg", ""},
		{"https://live.staticflickr.com@evil.example/2822/10_ab12_b.jpg", ""},
		{"https://user@live.staticflickr.com/2822/10_ab12_b.jpg", ""},
		{"https://live.staticflickr.com:8443/2822/10_ab12_b.jpg", ""},
		{"https://xlive.staticflickr.com/2822/10_ab12_b.jpg", ""},
		{"https://farm3staticflickr.com/2822/10_ab12_b.jpg", ""},
		{"https://farm3.staticXflickr.com/2822/10_ab12_b.jpg", ""},
		{"https://live.staticflickr.com/2822/../../10_ab12_b.jpg", ""},
		{"https://live.staticflickr.com/2822/10_ab12_b.jpg%22%3E%3Cscript%3E", ""},
		{"https://live.staticflickr.com/2822/10_ab12_b.svg", ""},
		{"https://live.staticflickr.com/video/2822/10_ab12.mp4", ""},
		{"javascript:alert(1)//live.staticflickr.com/2822/10_ab12_b.jpg", ""},
		{"data:image/png;base64,AAAA", ""},
		{"/album/x.svg", ""},
		{"", ""},
		{"https://live.staticflickr.com/2822/10_ab12_b.jpg\n", want},
		{"https://live.staticflickr.com/28\n22/10_ab12_b.jpg", ""},
	}
	for _, tt := range tests {
		got, ok := staticURL(tt.raw)
		if ok != (tt.want != "") || ok && got != tt.want {
			t.Errorf("%q becomes %q, %v, want %q", tt.raw, got, ok, tt.want)
		}
	}
}

// TestOnlyTheAlbumHasPaths: a path from Flickr would show whatever this server
// has there.
func TestOnlyTheAlbumHasPaths(t *testing.T) {
	m := member{"id": "sea-1", "title": "Sea", "url_l": "/album/sea-1.svg", "width_l": "1600", "height_l": "1000"}
	if p, ok := fromAPI(m); ok {
		t.Errorf("from Flickr comes %+v", p)
	}
	p, ok := fromAlbum(m)
	if !ok || p.URL != "/album/sea-1.svg" || p.Width != 1600 || p.tier != tierWide {
		t.Errorf("from the album comes %+v, %v", p, ok)
	}
	for _, url := range []string{"//evil.example/album/x.svg", "/album/../metrics", "/album/", "/album/a/b.svg", "https://evil.example/album/x.svg", "/albums/x.svg", "/album/x.svg?y"} {
		m["url_l"] = flexible(url)
		if p, ok := fromAlbum(m); ok {
			t.Errorf("the album's %q becomes %+v", url, p)
		}
	}
}

func TestParsePage(t *testing.T) {
	tests := []struct{ raw, owner, id string }{
		{"https://www.flickr.com/photos/ada/123/", "ada", "123"},
		{"http://www.flickr.com/photos/1@N02/123", "1@N02", "123"},
		{"https://flickr.com/photos/a-b_c/123/in/album-1/", "a-b_c", "123"},
		{"https://www.flickr.com/people/ada/", "", ""},
		{"https://evil.example/photos/ada/123/", "", ""},
		{"javascript:/photos/ada/123/", "", ""},
		{"https://www.flickr.com/photos/%22onload=x/123/", "", ""},
		{"", "", ""},
	}
	for _, tt := range tests {
		if owner, id, _ := parsePage(tt.raw); owner != tt.owner || id != tt.id {
			t.Errorf("%q is %q, %q, want %q, %q", tt.raw, owner, id, tt.owner, tt.id)
		}
	}
}

func TestSizes(t *testing.T) {
	url := func(suffix string) flexible { return flexible("https://live.staticflickr.com/1/2_3" + suffix + ".jpg") }
	tests := []struct {
		name   string
		m      member
		url    flexible
		w, h   int
		tier   int
		refuse bool
	}{
		{name: "1,024 px are enough", m: member{"url_l": url("_b"), "width_l": "1024", "height_l": "683", "url_h": url("_h"), "width_h": "1600", "height_h": "1067"},
			url: url("_b"), w: 1024, h: 683, tier: tierWide},
		{name: "portrait takes a larger one that is offered", m: member{"url_l": url("_b"), "width_l": "683", "height_l": "1024", "url_h": url("_h"), "width_h": "1067", "height_h": "1600"},
			url: url("_h"), w: 1067, h: 1600, tier: tierTall},
		{name: "the widest where none is enough", m: member{"url_m": url(""), "width_m": "500", "height_m": "300", "url_c": url("_c"), "width_c": "800", "height_c": "480"},
			url: url("_c"), w: 800, h: 480, tier: tierLarge},
		{name: "width and height missing", m: member{"url_l": url("_b")}, url: url("_b"), tier: tierLarge},
		{name: "shape of another size", m: member{"url_l": url("_b"), "width_l": "", "url_m": url(""), "width_m": "333", "height_m": "500"}, url: url("_b"), tier: tierTall},
		{name: "impossible numbers", m: member{"url_l": url("_b"), "width_l": "-1024", "height_l": "1e99"}, url: url("_b"), tier: tierLarge},
		{name: "only a thumbnail", m: member{"url_s": url("_m"), "width_s": "240", "height_s": "160"}, url: url("_m"), w: 240, h: 160, tier: tierLast},
		{name: "of a small original", m: member{"id": "2", "server": "1", "secret": "3", "url_m": url(""), "width_m": "300", "height_m": "200"}, url: url(""), w: 300, h: 200, tier: tierLast},
		{name: "only a thumbnail in portrait", m: member{"url_s": url("_m"), "width_s": "160", "height_s": "240"}, url: url("_m"), w: 160, h: 240, tier: tierLast},
		{name: "no size at all", m: member{"id": "2", "server": "1", "secret": "3"}, url: url("_z"), tier: tierPlain},
		{name: "only the original", m: member{"url_o": url("_o"), "width_o": "3000", "height_o": "2000"}, url: url("_o"), w: 3000, h: 2000, tier: tierWide},
		{name: "the original rather than a guess", m: member{"id": "2", "server": "1", "secret": "3", "url_o": url("_o"), "width_o": "300", "height_o": "200"}, url: url("_o"), w: 300, h: 200, tier: tierLast},
		{name: "square", m: member{"url_l": url("_b"), "width_l": "1024", "height_l": "1024"}, url: url("_b"), w: 1024, h: 1024, tier: tierLarge},
		{name: "nothing", m: member{"id": "2"}, refuse: true},
		{name: "secret that is none", m: member{"id": "2", "server": "1", "secret": "../../x"}, refuse: true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := fromAPI(tt.m)
			if ok == tt.refuse {
				t.Fatalf("ok is %v", ok)
			}
			if got.URL != string(tt.url) || got.Width != tt.w || got.Height != tt.h || ok && got.tier != tt.tier {
				t.Errorf("got %q %dx%d tier %d, want %q %dx%d tier %d", got.URL, got.Width, got.Height, got.tier, tt.url, tt.w, tt.h, tt.tier)
			}
		})
	}
}

func TestLargerSizes(t *testing.T) {
	const host = "https://live.staticflickr.com/1/2_"
	all := func(w, h int) member {
		m := member{}
		for name, long := range map[string]int{"m": 500, "z": 640, "c": 800, "l": 1024, "h": 1600, "k": 2048, "3k": 3072, "4k": 4096, "o": 6000} {
			m["url_"+name] = flexible(host + name + map[string]string{"m": ""}[name] + "3.jpg")
			m["width_"+name], m["height_"+name] = flexible(strconv.Itoa(long*w/max(w, h))), flexible(strconv.Itoa(long*h/max(w, h)))
		}
		return m
	}
	tests := []struct {
		name string
		m    member
		url  string
		want []Size
	}{
		{"landscape", all(3, 2), host + "l3.jpg", []Size{{host + "h3.jpg", 1600, 1066}, {host + "k3.jpg", 2048, 1365}, {host + "3k3.jpg", 3072, 2048}, {host + "4k3.jpg", 4096, 2730}}},
		{"portrait", all(2, 3), host + "h3.jpg", []Size{{host + "k3.jpg", 1365, 2048}, {host + "3k3.jpg", 2048, 3072}, {host + "4k3.jpg", 2730, 4096}}},
		{"no dimensions", member{"url_l": host + "l3.jpg", "url_h": host + "h3.jpg"}, host + "l3.jpg", nil},
		{"another host", member{"url_l": host + "l3.jpg", "url_h": "https://evil.example/1/2_h3.jpg", "width_h": "1600", "height_h": "900"}, host + "l3.jpg", nil},
		{"an old host", member{"url_l": host + "l3.jpg", "url_h": "http://farm1.staticflickr.com/1/2_h3.jpg", "width_h": "1600", "height_h": "900"}, host + "l3.jpg",
			[]Size{{host + "h3.jpg", 1600, 900}}},
		{"nothing larger", member{"url_m": host + "3.jpg", "width_m": "500", "height_m": "400"}, host + "3.jpg", nil},
	}
	for _, tt := range tests {
		got, ok := fromAPI(tt.m)
		if !ok || got.URL != tt.url || !reflect.DeepEqual(got.Sizes, tt.want) {
			t.Errorf("%s: got %q and %v, want %q and %v", tt.name, got.URL, got.Sizes, tt.url, tt.want)
		}
	}
}
