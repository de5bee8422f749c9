package album

// rgb is a colour as written in HTML: 0xRRGGBB.
type rgb uint32

const (
	white rgb = 0xffffff
	black rgb = 0x000000
)

// mix returns a with percent of b in it.
func mix(a, b rgb, percent int) rgb {
	percent = min(max(percent, 0), 100)
	channel := func(shift uint) rgb {
		x, y := int(a>>shift&255), int(b>>shift&255)
		return rgb((x*(100-percent)+y*percent+50)/100) << shift
	}
	return channel(16) | channel(8) | channel(0)
}

// luma is the perceived lightness, 0 to 255 (the weights of ITU-R BT.709).
func (c rgb) luma() int {
	return (int(c>>16&255)*213 + int(c>>8&255)*715 + int(c&255)*72) / 1000
}

// vivid moves the colour away from its own grey by percent.
func (c rgb) vivid(percent int) rgb {
	l := c.luma()
	channel := func(shift uint) rgb {
		x := int(c >> shift & 255)
		return rgb(min(max(x+(x-l)*percent/100, 0), 255)) << shift
	}
	return channel(16) | channel(8) | channel(0)
}

// grey returns the colour with percent of its saturation taken away.
func (c rgb) grey(percent int) rgb { return c.vivid(-percent) }

const hexDigits = "0123456789abcdef"

func (c rgb) append(b []byte) []byte {
	b = append(b, '#')
	for shift := 20; shift >= 0; shift -= 4 {
		b = append(b, hexDigits[c>>uint(shift)&15])
	}
	return b
}
