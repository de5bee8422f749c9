package raster

import "image"

// whole is an opaque colour, or a pixel that is covered wholly.
const whole = 1 << 16

// A color is red, green, blue and opacity in 65536ths, the first three multiplied
// by the opacity.
type color [4]uint32

// part returns the color with this share of its opacity.
func (c color) part(share uint32) color {
	if share == whole {
		return c
	}
	for i := range c {
		c[i] = uint32(uint64(c[i]) * uint64(share) >> 16)
	}
	return c
}

// A layer is a picture that is being drawn, transparent at first.
type layer struct {
	width, height int
	pixels        []color16
}

// A color16 is a color in 65535ths.
type color16 [4]uint16

func newLayer(width, height int) *layer {
	return &layer{width, height, make([]color16, width*height)}
}

// blend puts a paint over a row of pixels from (x, y) on, as far as it is covered.
func (c *layer) blend(x, y int, cover []uint32, p *paint) {
	row := c.pixels[y*c.width+x:][:len(cover)]
	solid, constant := p.row(y)
	for i, share := range cover {
		if share == 0 {
			continue
		}
		if !constant {
			solid = p.at(x+i, y)
		}
		row[i].over(solid.part(share))
	}
}

// over puts a color over the pixel.
func (d *color16) over(s color) {
	if s[3] >= whole {
		for i := range d {
			d[i] = uint16(min(s[i], whole-1))
		}
		return
	}
	left := whole - s[3]
	for i := range d {
		d[i] = uint16(min(s[i]+uint32(d[i])*left>>16, whole-1))
	}
}

// over puts another layer of the same size over this one.
func (c *layer) over(top *layer, opacity float64) {
	share := uint32(opacity * whole)
	for i, p := range top.pixels {
		if p[3] > 0 {
			c.pixels[i].over(color{uint32(p[0]), uint32(p[1]), uint32(p[2]), uint32(p[3])}.part(share))
		}
	}
}

// image returns the layer with 8 bits a channel.
func (c *layer) image() *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, c.width, c.height))
	for i, p := range c.pixels {
		for j, v := range p {
			m.Pix[4*i+j] = uint8((uint32(v)*255 + whole/2) >> 16)
		}
	}
	return m
}
