// Package raster turns the album's drawings into pixels, for what cannot show
// SVG: crawlers that read link previews, e-paper frames, image readers.
//
// It knows the part of SVG that the album writes and refuses all else: the shapes
// rect, circle, ellipse and path, filled or stroked with a colour or a gradient,
// groups, and use. Edges are antialiased by the area of a pixel that is covered,
// and colours are mixed with 16 bits a channel.
package raster

import (
	"encoding/xml"
	"fmt"
	"image"
	"math"
	"strings"
)

// Render draws an SVG image that fills width by height pixels, of which what
// juts out is cut off evenly (preserveAspectRatio="xMidYMid slice"). The error
// says what in the SVG is unknown or broken. The drawing is trusted to be of a
// reasonable size.
func Render(svg []byte, width, height int) (*image.RGBA, error) {
	var root node
	if err := xml.Unmarshal(svg, &root); err != nil {
		return nil, fmt.Errorf("raster: %w", err)
	}
	view, err := numbers(root.get("viewBox"))
	if err != nil || len(view) != 4 || view[2] <= 0 || view[3] <= 0 {
		return nil, fmt.Errorf("raster: the viewBox is %q", root.get("viewBox"))
	}
	scale := max(float64(width)/view[2], float64(height)/view[3])
	m := matrix{scale, 0, 0, scale, (float64(width) - scale*view[2]) / 2, (float64(height) - scale*view[3]) / 2}
	m = m.times(matrix{1, 0, 0, 1, -view[0], -view[1]})
	r := &renderer{ids: map[string]*node{}, gradients: map[string]*gradient{}, mask: newMask(width, height)}
	r.index(&root)
	c := newLayer(width, height)
	if err := r.group(c, &root, m); err != nil {
		return nil, fmt.Errorf("raster: %w", err)
	}
	return c.image(), nil
}

// A node is an element of the drawing.
type node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Nodes   []node     `xml:",any"`
}

// get returns an attribute, "" if it is not there.
func (n *node) get(name string) string {
	for i := range n.Attrs {
		if n.Attrs[i].Name.Local == name {
			return n.Attrs[i].Value
		}
	}
	return ""
}

// A renderer draws one drawing.
type renderer struct {
	ids       map[string]*node
	gradients map[string]*gradient
	mask      *mask
	depth     int // of elements that use others
}

// maxDepth is more than any drawing needs; one that uses itself would not end.
const maxDepth = 8

func (r *renderer) index(n *node) {
	if id := n.get("id"); id != "" {
		r.ids[id] = n
	}
	for i := range n.Nodes {
		r.index(&n.Nodes[i])
	}
}

// group draws what is in n on c, where m maps n's coordinates to pixels.
func (r *renderer) group(c *layer, n *node, m matrix) error {
	for i := range n.Nodes {
		if err := r.draw(c, &n.Nodes[i], m); err != nil {
			return err
		}
	}
	return nil
}

func (r *renderer) draw(c *layer, n *node, m matrix) error {
	switch n.XMLName.Local {
	case "defs":
		return nil
	case "g":
		m, err := m.transformed(n.get("transform"))
		if err != nil {
			return err
		}
		return r.group(c, n, m)
	case "use":
		return r.use(c, n, m)
	}
	return r.shape(c, n, m)
}

// use draws another element once more. If it is not opaque, the element is drawn
// by itself first: its shapes do not shine through each other.
func (r *renderer) use(c *layer, n *node, m matrix) error {
	target := r.ids[strings.TrimPrefix(n.get("href"), "#")]
	if target == nil || r.depth == maxDepth {
		return fmt.Errorf("use of %q", n.get("href"))
	}
	m, err := m.transformed(n.get("transform"))
	if err != nil {
		return err
	}
	opacity, err := opacityOf(n, "opacity")
	if err != nil {
		return err
	}
	r.depth++
	defer func() { r.depth-- }()
	if opacity == 1 {
		return r.draw(c, target, m)
	}
	own := newLayer(c.width, c.height)
	if err := r.draw(own, target, m); err != nil {
		return err
	}
	c.over(own, opacity)
	return nil
}

// shape fills or strokes one shape.
func (r *renderer) shape(c *layer, n *node, m matrix) error {
	lines, bounds, err := outline(n, m)
	if err != nil {
		return err
	}
	opacity, err := opacityOf(n, "opacity")
	if err != nil {
		return err
	}
	name := n.get("fill")
	if stroke := n.get("stroke"); stroke != "" {
		width, err := number(n.get("stroke-width"))
		if err != nil || name != "none" {
			return fmt.Errorf("a stroke %q wide, filled with %q", n.get("stroke-width"), name)
		}
		name = stroke
		half := width * math.Sqrt(math.Abs(m.determinant())) / 2
		r.mask.stroke(lines, half, n.get("stroke-linecap") == "round")
	} else {
		r.mask.fill(lines)
	}
	p, err := r.paint(name, opacity, m, bounds)
	if err != nil {
		return err
	}
	r.mask.apply(c, p)
	return nil
}

// opacityOf reads a fraction, which is 1 where it is not given.
func opacityOf(n *node, name string) (float64, error) {
	text := n.get(name)
	if text == "" {
		return 1, nil
	}
	v, err := number(text)
	return min(max(v, 0), 1), err
}
