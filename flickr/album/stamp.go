package album

// stamp is a group of shapes that is written once and drawn many times. Its
// origin is the foot of the thing.
type stamp string

// newStamp keeps what draw paints as a stamp instead of showing it.
func (c *canvas) newStamp(draw func()) stamp {
	shown := c.body
	c.body = nil
	draw()
	id := stamp(appendInt([]byte("s"), c.stamps))
	c.stamps++
	c.defs = append(c.defs, `<g id="`...)
	c.defs = append(c.defs, id...)
	c.defs = append(c.defs, `">`...)
	c.defs = append(c.defs, c.body...)
	c.defs = append(c.defs, `</g>`...)
	c.body = shown
	return id
}

// put draws the stamp at (x, y) in percent of its size; side -1 turns it round.
func (c *canvas) put(s stamp, x, y, percent, side int) {
	b := append(c.body, `<use href="#`...)
	b = append(b, s...)
	b = append(b, `" transform="translate(`...)
	b = appendInt(b, x)
	b = append(b, ' ')
	b = appendInt(b, y)
	b = append(b, ")scale("...)
	if side < 0 {
		b = append(b, '-')
		b = hundredths(b, percent)
		b = append(b, ' ')
	}
	b = hundredths(b, percent)
	c.body = append(b, `)"/>`...)
}

// hundredths writes a percentage of any size as a decimal number.
func hundredths(b []byte, percent int) []byte {
	if percent >= 100 {
		b = appendInt(b, percent/100)
		percent %= 100
		if percent == 0 {
			return b
		}
	}
	return fraction(b, percent)
}
