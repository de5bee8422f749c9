package raster

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"testing"

	"picture-frame/flickr/album"
)

// drawing wraps shapes in an image of 20 by 10 units.
func drawing(shapes string) []byte {
	return []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10" viewBox="0 0 20 10">` + shapes + `</svg>`)
}

// letters renders a drawing at its own size, a letter a pixel: the channel that
// is there alone, in capitals if it is strong; a dot is nothing.
func letters(t *testing.T, shapes string) string {
	t.Helper()
	m, err := Render(drawing(shapes), 20, 10)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for y := range 10 {
		for x := range 20 {
			c := m.RGBAAt(x, y)
			switch {
			case c.A == 0:
				b.WriteByte('.')
			case c.R > c.B:
				b.WriteByte("rR"[c.R/128])
			default:
				b.WriteByte("bB"[c.B/128])
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestShapes(t *testing.T) {
	const blank = "....................\n"
	bar := "....RRRRRRRRRR......\n"
	box := strings.Repeat(blank, 3) + strings.Repeat(bar, 4) + strings.Repeat(blank, 3)
	for name, test := range map[string]struct{ shapes, want string }{
		"rect":               {`<rect x="4" y="3" width="10" height="4" fill="#ff0000"/>`, box},
		"path":               {`<path d="M4 3h10v4h-10z" fill="#ff0000"/>`, box},
		"path, absolute":     {`<path d="M4 3H14V7L4 7Z" fill="#ff0000"/>`, box},
		"path left open":     {`<path d="M4 3l10 0 0 4-10 0" fill="#ff0000"/>`, box},
		"flat curves":        {`<path d="M4 3q5 0 10 0c0 1 0 3 0 4h-10z" fill="#ff0000"/>`, box},
		"overlap":            {`<path d="M4 3h10v4h-10zM5 3h3v4h-3z" fill="#ff0000"/>`, box},
		"stroke, cut ends":   {`<path fill="none" stroke="#ff0000" stroke-width="4" d="M4 5h10"/>`, box},
		"group":              {`<g transform="translate(4 3)scale(2)"><rect x="0" y="0" width="5" height="2" fill="#ff0000"/></g>`, box},
		"use, turned round":  {`<defs><g id="a"><rect x="0" y="0" width="5" height="2" fill="#ff0000"/></g></defs><use href="#a" transform="translate(14 3)scale(-2 2)"/>`, box},
		"upside down":        {`<g id="a"></g><g transform="matrix(1 0 0 -1 0 10)"><rect x="4" y="3" width="10" height="4" fill="#ff0000"/></g>`, box},
		"beyond all borders": {`<path d="M-90 -90h300v300h-300z" fill="#ff0000"/>`, strings.Repeat("RRRRRRRRRRRRRRRRRRRR\n", 10)},
		"half outside": {`<path d="M-4 5l24 0 0 900-24-900z" fill="#0000ff"/><path d="M-90 -90h200v95h-200z" fill="#ff0000"/>`,
			strings.Repeat("RRRRRRRRRRRRRRRRRRRR\n", 5) + letters(t, `<path d="M-4 5l24 0 0 900-24-900z" fill="#0000ff"/>`)[5*21:]},
		"hole": {`<path d="M4 3h10v4h-10zM6 4v2h3v-2z" fill="#ff0000"/>`,
			strings.Repeat(blank, 3) + bar + strings.Repeat("....RR...RRRRR......\n", 2) + bar + strings.Repeat(blank, 3)},
		"opacity of a use": {`<g id="a"><rect x="4" y="3" width="10" height="4" fill="#0000ff"/><rect x="4" y="3" width="10" height="4" fill="#ff0000"/></g><use href="#a" opacity=".5"/>`, box},
		"gradient": {`<defs><linearGradient id="g" gradientUnits="userSpaceOnUse" x1="4" y1="0" x2="14" y2="0"><stop offset="0" stop-color="#ff0000"/><stop offset=".5" stop-color="#ff0000"/><stop offset=".5" stop-color="#0000ff"/></linearGradient></defs><rect x="4" y="3" width="10" height="4" fill="url(#g)"/>`,
			strings.Repeat(blank, 3) + strings.Repeat("....RRRRRBBBBB......\n", 4) + strings.Repeat(blank, 3)},
		"gradient of a shape": {`<defs><linearGradient x2="0" y2="1" id="g"><stop offset=".5" stop-color="#ff0000"/><stop offset=".5" stop-color="#0000ff"/></linearGradient></defs><rect x="4" y="3" width="10" height="4" fill="url(#g)"/>`,
			strings.Repeat(blank, 3) + strings.Repeat(bar, 2) + strings.Repeat("....BBBBBBBBBB......\n", 2) + strings.Repeat(blank, 3)},
	} {
		if got := letters(t, test.shapes); got != test.want {
			t.Errorf("%s: got\n%swant\n%s", name, got, test.want)
		}
	}
}

// What a shape covers is its area, whichever way it is written.
func TestAreas(t *testing.T) {
	const pi = 3.14159265
	for name, test := range map[string]struct {
		shapes string
		want   float64 // square units
	}{
		"circle":        {`<circle cx="9" cy="5" r="4" fill="#ffffff"/>`, 16 * pi},
		"ellipse":       {`<ellipse cx="9" cy="5" rx="6" ry="3" fill="#ffffff"/>`, 18 * pi},
		"two arcs":      {`<path d="M5 5a4 4 0 1 1 8 0a4 4 0 1 1-8 0" fill="#ffffff"/>`, 16 * pi},
		"small arc":     {`<path d="M5 5A4 4 0 0 1 9 1L9 5z" fill="#ffffff"/>`, 4 * pi},
		"large arc":     {`<path d="M5 5A4 4 0 1 0 9 1L9 5z" fill="#ffffff"/>`, 12 * pi},
		"arc too small": {`<path d="M5 5a1 1 0 0 1 8 0z" fill="#ffffff"/>`, 8 * pi},
		"turned arc":    {`<path d="M9 1a4 2 90 0 1 0 8a4 2 90 0 1 0-8" fill="#ffffff"/>`, 8 * pi},
		"cubic":         {`<path d="M4 8c0-8 8-8 8 0z" fill="#ffffff"/>`, 38.4},
		"quadratic":     {`<path d="M4 8q4-8 8 0z" fill="#ffffff"/>`, 8 * 8 / 3.0},
		"thin":          {`<rect x="3" y="4" width="12" height=".1" fill="#ffffff"/>`, 1.2},
		"round ends":    {`<path fill="none" stroke-linecap="round" stroke="#ffffff" stroke-width="4" d="M6 5h7"/>`, 28 + 4*pi},
		"dot":           {`<path fill="none" stroke-linecap="round" stroke="#ffffff" stroke-width="4" d="M6 5h0"/>`, 4 * pi},
		"round corner":  {`<path fill="none" stroke="#ffffff" stroke-width="2" d="M4 3h6v5"/>`, 12 + 10 - 1 + pi/4},
		"closed stroke": {`<path fill="none" stroke="#ffffff" stroke-width="2" d="M4 3h8v4h-8z"/>`, 48 - 4 + pi},
		"half opaque":   {`<circle cx="9" cy="5" r="4" fill="#ffffff" opacity=".5"/>`, 8 * pi},
		"transformed":   {`<g transform="translate(9 5)scale(.1 .2)"><circle cx="0" cy="0" r="20" fill="#ffffff"/></g>`, 8 * pi},
	} {
		const scale = 20
		m, err := Render(drawing(test.shapes), 20*scale, 10*scale)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := 0.0
		for i := 3; i < len(m.Pix); i += 4 {
			got += float64(m.Pix[i]) / 255 / (scale * scale)
		}
		if got < test.want*0.997-0.01 || got > test.want*1.003+0.01 {
			t.Errorf("%s: it covers %.3f, want %.3f", name, got, test.want)
		}
	}
}

// Colours go over as a browser's do: not multiplied by the opacity between.
func TestGradientColours(t *testing.T) {
	m, err := Render(drawing(`<defs><radialGradient id="g" gradientUnits="userSpaceOnUse" cx="0" cy="0" r="16"><stop offset="0" stop-color="#ff0000"/><stop offset="1" stop-color="#0000ff" stop-opacity="0"/></radialGradient></defs>
		<rect x="0" y="0" width="20" height="10" fill="#000000"/><circle cx="0" cy="0" r="16" fill="url(#g)"/>`), 200, 100)
	if err != nil {
		t.Fatal(err)
	}
	// Half-way: (128, 0, 128) of half the opacity over black.
	if got := m.RGBAAt(79, 0); got.R < 62 || got.R > 66 || got.B < 62 || got.B > 66 || got.A != 255 {
		t.Errorf("got %v, want about {64 0 64 255}", got)
	}
}

func TestUnknownDrawingsAreRefused(t *testing.T) {
	for _, svg := range []string{
		"", "<svg", `<svg xmlns="http://www.w3.org/2000/svg"/>`, string(drawing(`<text>a</text>`)), string(drawing(`<path d="M1 1b" fill="#000000"/>`)),
		string(drawing(`<path d="h1" fill="#000000"/>`)), string(drawing(`<path d="M1 1z5" fill="#000000"/>`)), string(drawing(`<path d="M1" fill="#000000"/>`)),
		string(drawing(`<rect x="1" y="1" width="1" fill="#000000"/>`)), string(drawing(`<rect x="1" y="1" width="1" height="NaN" fill="#000000"/>`)),
		string(drawing(`<circle cx="1" cy="1" r="1" fill="red"/>`)), string(drawing(`<circle cx="1" cy="1" r="1" fill="url(#none)"/>`)),
		string(drawing(`<g id="a"><use href="#a"/></g>`)), string(drawing(`<use href="#none"/>`)), string(drawing(`<g transform="rotate(1)"/>`)), string(drawing(`<g transform="scale(0)"/>`)),
		string(drawing(`<path d="M1 1h1" fill="#000000" stroke="#000000" stroke-width="1"/>`)),
	} {
		if _, err := Render([]byte(svg), 20, 10); err == nil || !strings.HasPrefix(err.Error(), "raster: ") {
			t.Errorf("%s: got %v, want an error of this package", svg, err)
		}
	}
}

// A drawing that many ask for is made once, and kept; too many at once are
// refused, and one that nobody waits for any more is finished.
func TestPrinter(t *testing.T) {
	var mu sync.Mutex
	drawn := 0
	p := NewPrinter(func(id string) ([]byte, bool) {
		mu.Lock()
		defer mu.Unlock()
		drawn++
		return drawing(`<rect x="0" y="0" width="20" height="10" fill="#ff0000"/>`), id != "none"
	})
	if _, err := p.PNG(t.Context(), "none", 20, 10); !errors.Is(err, ErrUnknown) {
		t.Errorf("got %v, want %v", err, ErrUnknown)
	}
	for range cap(p.turns) {
		p.turns <- struct{}{} // others are being made
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	for i := range maxWaiting {
		if _, err := p.PNG(gone, string(rune('a'+i)), 20, 10); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want %v", err, context.Canceled)
		}
	}
	for p.waiting.Load() < maxWaiting {
		runtime.Gosched() // until all wait
	}
	if _, err := p.PNG(t.Context(), "one too many", 20, 10); !errors.Is(err, ErrBusy) {
		t.Errorf("got %v, want %v", err, ErrBusy)
	}
	for range cap(p.turns) {
		<-p.turns
	}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if file, err := p.PNG(t.Context(), "a", 20, 10); err != nil || !strings.HasPrefix(string(file), "\x89PNG") {
				t.Errorf("got %.8q, %v", file, err)
			}
		})
	}
	all.Wait()
	before := drawn
	if _, err := p.PNG(t.Context(), "a", 20, 10); err != nil || drawn != before {
		t.Errorf("got %v, drawn %d times more, want it from what is kept", err, drawn-before)
	}
}

// BenchmarkRender is a link preview's size.
func BenchmarkRender(b *testing.B) {
	for _, id := range []string{album.Welcome, "ctt-dsk-rnf-0nnnnnn", "plt-vlt-2jklmnp", "lkk-tmn-1234567", "frs-grn-4000001"} {
		svg, _ := album.Draw(id)
		b.Run(id, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Render(svg, 1200, 630); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(id+"/file", func(b *testing.B) {
			p := NewPrinter(func(string) ([]byte, bool) { return svg, true })
			for b.Loop() {
				if _, err := p.print(svg, 1200, 630); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
