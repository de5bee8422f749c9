package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// compared draws both files of a drawing in a browser at the size of the second
// and returns their mean difference, in steps of 255 a channel, and the share of
// values that are far off.
const compared = `(async ([svg, png]) => {
	const load = async (src) => { const image = new Image(); image.src = src; await image.decode(); return image; };
	const [drawn, printed] = [await load(svg), await load(png)];
	const [width, height] = [printed.naturalWidth, printed.naturalHeight];
	const scale = Math.max(width / 1600, height / 1000);
	const pixels = (image, w, h) => {
		const c = new OffscreenCanvas(width, height).getContext('2d');
		c.drawImage(image, (width - w) / 2, (height - h) / 2, w, h);
		return c.getImageData(0, 0, width, height).data;
	};
	const a = pixels(drawn, 1600 * scale, 1000 * scale), b = pixels(printed, width, height);
	let sum = 0, far = 0;
	for (let i = 0; i < a.length; i++) {
		const d = Math.abs(a[i] - b[i]);
		sum += d;
		if (d > 64) far++;
	}
	return [sum / (width * height * 3), far / (width * height)];
})`

// What crawlers and e-paper frames get looks like what browsers draw: only edges
// and the browser's dithering differ.
func TestPNGLooksLikeSVG(t *testing.T) {
	t.Parallel()
	p := start(t)
	ctx := window(t)
	do(t, ctx, chromedp.Navigate(p.URL+"/healthz"))
	for _, file := range []string{
		"wvs-dwn-0000000.png", "ctt-dsk-rnf-0nnnnnn.1200x630.png", "plt-vlt-2jklmnp.1200x630.png", "lkk-tmn-1234567.1200x630.png",
		"frs-grn-4000001.1200x630.png", "str-mnl-1bcdfgh.1200x630.png", "rff-tlq-4jklmnp.1200x630.png", "stq-ncn-0wxz345.1200x630.png",
	} {
		id, _, _ := strings.Cut(file, ".")
		got := evaluate[[]float64](t, ctx, compared+`(["/album/`+id+`.svg", "/album/`+file+`"])`)
		if mean, far := got[0], got[1]; mean > 1 || far > 0.0005 {
			t.Errorf("%s: got a mean difference of %.2f and %.5f far off, want 1 and 0.0005 at most", file, mean, far)
		}
	}
}
