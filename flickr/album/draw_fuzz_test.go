package album

import (
	"strings"
	"testing"
)

var hostile = []string{
	"", "-", "--", "---", "wvs", "wvs-dwn", "wvs-dwn-", "wvs-dwn-000000", "wvs-dwn-00000000", "WVS-dwn-0000000",
	"wvs-dwn-zzzzzzz", // more than 32 bits
	"wvs-dwn-000000a", "wvs-dwn-xxx-0000000", "wvs-dwn-snw-snw-0000000", "wvs-dwn--0000000", "wvs-dwn-0000000.svg",
	"../../etc/passwd", "wvs-dwn-0000000\x00", "wvs-dwn-0000000 ", " wvs-dwn-0000000", "<svg onload=alert(1)>",
	"wvs-dwn-000000\u0660", strings.Repeat("wvs-", 1<<16),
}

func TestHostileIDs(t *testing.T) {
	for _, name := range hostile {
		if svg, ok := Draw(name); ok || svg != nil {
			t.Errorf("Draw(%.40q) drew %d bytes, want nothing", name, len(svg))
		}
	}
}

func FuzzDraw(f *testing.F) {
	for _, name := range hostile {
		f.Add(name)
	}
	for s := range scenes {
		f.Add(id(picture{scene: s, mood: s % len(moods), weather: weather(s % 5), seed: 1 << (s % 32)}))
	}
	f.Fuzz(func(t *testing.T, name string) {
		svg, ok := Draw(name)
		if !ok {
			return
		}
		p, _ := parse(name)
		if got := id(p); got != name {
			t.Fatalf("%q is also written %q", got, name)
		}
		if len(svg) >= maxSize {
			t.Fatalf("%s has %d bytes", name, len(svg))
		}
		checkSVG(t, name, svg)
	})
}

func BenchmarkDraw(b *testing.B) {
	for _, s := range scenes {
		p := picture{mood: midnight, weather: snow, seed: 1}
		p.scene = sceneByCode[s.code]
		b.Run(s.code, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				b.SetBytes(int64(len(p.draw())))
			}
		})
	}
}
