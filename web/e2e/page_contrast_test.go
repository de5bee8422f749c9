package e2e

import (
	"image"
	"math"
	"slices"
)

// touching is the contrast between an ink and what is behind its letters' edges, the
// twentieth part that is worst left out. It is not a number without letters.
func touching(letters, behind image.Image, b box) float64 {
	where := image.Rect(int(b.Left), int(b.Top), int(b.Right)+1, int(b.Bottom)+1).Intersect(behind.Bounds())
	inked := func(x, y int) bool {
		r, _, _, _ := letters.At(x, y).RGBA()
		return r > 0x7fff && image.Pt(x, y).In(where)
	}
	var all []float64
	for y := where.Min.Y; y < where.Max.Y; y++ {
		for x := where.Min.X; x < where.Max.X; x++ {
			if inked(x, y) || !(inked(x-1, y) || inked(x+1, y) || inked(x, y-1) || inked(x, y+1)) {
				continue
			}
			all = append(all, against(behind, x, y, b.Color))
		}
	}
	return worst(all)
}

// beside is the contrast between a line and what lies along both its sides, the
// twentieth part that is worst left out.
func beside(behind image.Image, b box) float64 {
	var all []float64
	for x := int(b.Left) + 1; x < int(b.Right); x++ {
		all = append(all, against(behind, x, int(b.Top)-1, b.Color), against(behind, x, int(math.Ceil(b.Bottom)), b.Color))
	}
	return worst(all)
}

// against is the contrast of a colour with a pixel.
func against(picture image.Image, x, y int, colour [3]float64) float64 {
	r, g, b, _ := picture.At(x, y).RGBA()
	ink, ground := luminance(colour), luminance([3]float64{float64(r >> 8), float64(g >> 8), float64(b >> 8)})
	return (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05)
}

// worst is the least of all but the twentieth part that is less. It is not a number
// without any.
func worst(all []float64) float64 {
	if len(all) == 0 {
		return math.NaN()
	}
	slices.Sort(all)
	return all[len(all)/20]
}

// brightest is the value of a picture's brightest channel, of 255.
func brightest(picture image.Image) (most uint32) {
	for y := range picture.Bounds().Dy() {
		for x := range picture.Bounds().Dx() {
			r, g, b, _ := picture.At(x, y).RGBA()
			most = max(most, r>>8, g>>8, b>>8)
		}
	}
	return most
}

// luminance is WCAG's relative luminance of a colour with parts from 0 to 255.
func luminance(colour [3]float64) float64 {
	linear := func(part float64) float64 {
		if part /= 255; part <= 0.04045 {
			return part / 12.92
		}
		return math.Pow((part+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(colour[0]) + 0.7152*linear(colour[1]) + 0.0722*linear(colour[2])
}
