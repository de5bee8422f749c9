package e2e

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
)

// A nasty picture is one on which words are hard to read, or that does not fit. It
// is the same in every run.
type nasty struct {
	name string
	png  func() []byte
}

// The nasty set: what photos do to whatever stands on them.
var nastySet = []nasty{
	photograph("white", 1600, 1000, func(c *canvas) { c.fill(255, 255, 255) }),
	photograph("black", 1600, 1000, func(c *canvas) { c.fill(0, 0, 0) }),
	photograph("checks", 1600, 1000, func(c *canvas) { c.each(func(x, y int) color.RGBA { return grey(255 * ((x/4 + y/4) % 2)) }) }),
	photograph("lights", 1600, 1000, (*canvas).lights),
	photograph("leaves", 1600, 1000, (*canvas).leaves),
	photograph("sky", 1600, 1000, (*canvas).sky),
	// White and black side by side behind every text, however wide the screen is.
	photograph("halves", 1600, 1000, func(c *canvas) { c.each(func(x, _ int) color.RGBA { return grey(255 * (x / 180 % 2)) }) }),
	photograph("loud", 1600, 1000, func(c *canvas) {
		c.each(func(x, y int) color.RGBA {
			if (x+y)/130%2 == 0 {
				return color.RGBA{230, 0, 0, 255}
			}
			return color.RGBA{255, 225, 0, 255}
		})
	}),
	photograph("noise", 1600, 1000, func(c *canvas) { c.each(func(_, _ int) color.RGBA { return grey(c.IntN(256)) }) }),
	photograph("middle", 1600, 1000, func(c *canvas) { c.fill(119, 119, 119) }), // as far from white as from black
	photograph("portrait", 700, 1050, (*canvas).leaves),
	photograph("panorama", 2400, 500, (*canvas).sky),
	photograph("tiny", 96, 64, (*canvas).lights),
}

// nastyOne is a picture of the set.
func nastyOne(name string) nasty {
	for _, n := range nastySet {
		if n.name == name {
			return n
		}
	}
	panic("there is no nasty picture " + name)
}

func photograph(name string, width, height int, paint func(*canvas)) nasty {
	return nasty{name, sync.OnceValue(func() []byte {
		c := &canvas{image.NewRGBA(image.Rect(0, 0, width, height)), rand.New(rand.NewPCG(7, 7))}
		paint(c)
		var out bytes.Buffer
		(&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&out, c) // a buffer takes everything
		return out.Bytes()
	})}
}

// hang answers every request for a drawing with a picture of the set.
func (g *gate) hang(n nasty) {
	g.Rule(func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasPrefix(r.URL.Path, "/album/") {
			return false
		}
		w.Header().Set("Content-Type", "image/png")
		w.Write(n.png())
		return true
	})
}

// A canvas is what a nasty picture is painted on, with its own luck.
type canvas struct {
	*image.RGBA
	*rand.Rand
}

func grey(level int) color.RGBA { return color.RGBA{uint8(level), uint8(level), uint8(level), 255} }

func (c *canvas) fill(r, g, b uint8) {
	draw.Draw(c, c.Bounds(), image.NewUniform(color.RGBA{r, g, b, 255}), image.Point{}, draw.Src)
}

func (c *canvas) each(at func(x, y int) color.RGBA) {
	for y := range c.Bounds().Dy() {
		for x := range c.Bounds().Dx() {
			c.SetRGBA(x, y, at(x, y))
		}
	}
}

// oval paints an ellipse that is turned by an angle.
func (c *canvas) oval(x, y, long, short, angle float64, ink color.RGBA) {
	sin, cos := math.Sincos(angle)
	for j := int(y - long); j <= int(y+long); j++ {
		for i := int(x - long); i <= int(x+long); i++ {
			u, v := (float64(i)-x)*cos+(float64(j)-y)*sin, (float64(j)-y)*cos-(float64(i)-x)*sin
			if u*u/(long*long)+v*v/(short*short) <= 1 && image.Pt(i, j).In(c.Bounds()) {
				c.SetRGBA(i, j, ink)
			}
		}
	}
}

// lights is a city at night: points of light, small and large, in the dark.
func (c *canvas) lights() {
	c.fill(9, 10, 18)
	width, height := float64(c.Bounds().Dx()), float64(c.Bounds().Dy())
	inks := []color.RGBA{{255, 214, 140, 255}, {255, 255, 245, 255}, {255, 150, 60, 255}, {150, 190, 255, 255}}
	for range int(width * height / 260) {
		size := 0.5 + 2.5*c.Float64()*c.Float64()
		c.oval(c.Float64()*width, c.Float64()*height, size, size, 0, inks[c.IntN(len(inks))])
	}
}

// leaves lie over one another, some in the sun and most in the shade.
func (c *canvas) leaves() {
	c.fill(18, 26, 12)
	width, height := float64(c.Bounds().Dx()), float64(c.Bounds().Dy())
	for range int(width * height / 90) {
		long := 5 + 11*c.Float64()
		light := c.Float64() * c.Float64()
		ink := color.RGBA{uint8(20 + 215*light), uint8(40 + 210*light), uint8(12 + 130*light*light), 255}
		c.oval(c.Float64()*width, c.Float64()*height, long, long/3, c.Float64()*math.Pi, ink)
	}
}

// sky is a bright one over dark hills, whose edge runs behind the words below.
func (c *canvas) sky() {
	width, height := float64(c.Bounds().Dx()), float64(c.Bounds().Dy())
	c.each(func(x, y int) color.RGBA {
		edge := height * (0.88 + 0.05*math.Sin(7*float64(x)/width) + 0.02*math.Sin(31*float64(x)/width))
		if float64(y) > edge {
			return grey(14 + c.IntN(16))
		}
		part := float64(y) / height
		return color.RGBA{uint8(196 + 55*part), uint8(222 + 25*part), uint8(250 - 10*part), 255}
	})
}
