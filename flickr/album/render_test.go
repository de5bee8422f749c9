package album

import (
	"testing"

	"picture-frame/flickr/album/raster"
)

// All that the album draws can be made into pixels, and fills them.
func TestEveryPictureIsRendered(t *testing.T) {
	for name := range pinned {
		svg, _ := Draw(name)
		m, err := raster.Render(svg, 64, 40)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if !m.Opaque() {
			t.Errorf("%s: got a picture with holes", name)
		}
	}
}
