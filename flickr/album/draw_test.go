package album

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
)

const maxSize = 40_000

// eachPicture calls f for every scene in every mood, the weathers in turn.
func eachPicture(f func(picture)) {
	for s := range scenes {
		for m := range moods {
			f(picture{scene: s, mood: m, weather: weather((s + m) % len(weatherCodes)), seed: uint32(s*7919 + m*104729)})
		}
	}
}

func id(p picture) string { return string(p.appendID(nil)) }

// allowed are the elements a picture may be made of, and their attributes.
var allowed = map[string]string{
	"svg":            "xmlns width height viewBox preserveAspectRatio",
	"defs":           "",
	"g":              "transform id",
	"use":            "href transform opacity",
	"linearGradient": "id gradientUnits x1 y1 x2 y2",
	"radialGradient": "id gradientUnits cx cy r",
	"stop":           "offset stop-color stop-opacity",
	"rect":           "x y width height fill opacity",
	"circle":         "cx cy r fill opacity",
	"ellipse":        "cx cy rx ry fill opacity",
	"path":           "d fill stroke stroke-width stroke-linecap stroke-linejoin opacity",
}

var paintValue = regexp.MustCompile(`^(none|#[0-9a-f]{6}|url\(#(g\d+)\))$`)

func TestEveryPictureIsSafeAndWellFormed(t *testing.T) {
	eachPicture(func(p picture) {
		name := id(p)
		svg, ok := Draw(name)
		if !ok {
			t.Fatalf("Draw(%q) refused a picture of this album", name)
		}
		if len(svg) >= maxSize {
			t.Errorf("%s has %d bytes, want under %d", name, len(svg), maxSize)
		}
		if (p.scene+p.mood)%3 == 0 { // a mood changes colours only: a third will do
			checkSVG(t, name, svg)
		}
	})
}

func checkSVG(t *testing.T, name string, svg []byte) {
	t.Helper()
	ids := map[string]bool{}
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%s is not XML: %v", name, err)
		}
		switch e := token.(type) {
		case xml.CharData, xml.ProcInst, xml.Directive, xml.Comment:
			t.Fatalf("%s holds something beside elements: %T", name, token)
		case xml.StartElement:
			attributes, ok := allowed[e.Name.Local]
			if !ok {
				t.Fatalf("%s holds <%s>", name, e.Name.Local)
			}
			for _, a := range e.Attr {
				if !strings.Contains(" "+attributes+" ", " "+a.Name.Local+" ") {
					t.Fatalf("%s: <%s> has the attribute %s", name, e.Name.Local, a.Name.Local)
				}
				checkAttribute(t, name, ids, a)
			}
		}
	}
}

func checkAttribute(t *testing.T, name string, ids map[string]bool, a xml.Attr) {
	t.Helper()
	switch a.Name.Local {
	case "id":
		if ids[a.Value] {
			t.Fatalf("%s uses the id %s twice", name, a.Value)
		}
		ids[a.Value] = true
	case "href":
		if !ids[strings.TrimPrefix(a.Value, "#")] || a.Value[0] != '#' {
			t.Fatalf("%s refers to %s", name, a.Value)
		}
	case "fill", "stroke":
		m := paintValue.FindStringSubmatch(a.Value)
		if m == nil || m[2] != "" && !ids[m[2]] {
			t.Fatalf("%s is painted with %s", name, a.Value)
		}
	case "r", "rx", "ry", "width", "height", "stroke-width":
		if strings.HasPrefix(a.Value, "-") {
			t.Fatalf("%s has a negative %s: %s", name, a.Name.Local, a.Value)
		}
	}
}

func TestSizeOfManySeeds(t *testing.T) {
	largest, where := 0, ""
	for s := range scenes {
		for _, m := range []int{midnight, winter, wet} { // stars, flakes and drops cost most
			for seed := range uint32(12) {
				p := picture{scene: s, mood: m, weather: weather(seed % 5), seed: seed * 357913941}
				if n := len(p.draw()); n > largest {
					largest, where = n, id(p)
				}
			}
		}
	}
	if largest >= maxSize {
		t.Errorf("%s has %d bytes, want under %d", where, largest, maxSize)
	}
}

// The same id is the same picture for ever: browsers and proxies are told that
// they may keep it. When a scene is changed on purpose, change its code too, or
// accept that old copies live on, and put the new sum here.
func TestPicturesDoNotChange(t *testing.T) {
	for name, want := range pinned {
		svg, ok := Draw(name)
		sum := sha256.Sum256(svg)
		if got := hex.EncodeToString(sum[:6]); !ok || got != want {
			t.Errorf("%s: sum %s, want %s", name, got, want)
		}
	}
	if len(pinned) < len(scenes) {
		t.Errorf("%d pictures are pinned, want one of each of the %d scenes", len(pinned), len(scenes))
	}
}

func TestDifferentSeedsAreDifferentPictures(t *testing.T) {
	for s := range scenes {
		seen := map[string]bool{}
		for seed := range uint32(8) {
			seen[string(picture{scene: s, mood: dawn, seed: seed << 5}.draw())] = true
		}
		if len(seen) != 8 {
			t.Errorf("scene %s: 8 seeds make %d pictures", scenes[s].code, len(seen))
		}
	}
}

// On a wall at night the picture must not light the room.
func TestNightIsDark(t *testing.T) {
	for i := range moods {
		m := moods[i].in(night)
		if !m.dark {
			t.Errorf("mood %s has no stars at night", m.code)
		}
		for _, c := range append(m.sky[:2], m.land[:]...) {
			if c.luma() > 110 {
				t.Errorf("mood %s at night has the colour %06x of lightness %d", m.code, c, c.luma())
			}
		}
	}
}

func TestWelcome(t *testing.T) {
	svg, ok := Draw(Welcome)
	if !ok {
		t.Fatalf("Draw(%q) refused it", Welcome)
	}
	checkSVG(t, Welcome, svg)
}

func TestCodesAreUniqueAndSpellNothing(t *testing.T) {
	seen := map[string]bool{}
	check := func(code string) {
		if len(code) != codeLength || strings.ContainsAny(code, "aeiouy") || seen[code] {
			t.Errorf("code %q is doubled, has a vowel, or is not %d letters", code, codeLength)
		}
		seen[code] = true
	}
	for _, s := range scenes {
		check(s.code)
	}
	for _, m := range moods {
		check(m.code)
	}
	for code := range weatherByCode {
		check(code)
	}
}
