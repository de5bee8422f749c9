package handlers

import (
	"fmt"
	"image"
	"image/color"
	"net/http"
	"strconv"

	"github.com/boombuler/barcode/qr"
	"github.com/labstack/echo/v4"

	"picture-frame/handlers/request"
)

// quietZone is the white border that readers need, in modules (ISO/IEC 18004).
const quietZone = 4

// QR is GET /qr.svg: the frame's own address as a QR code, so that people in
// front of a screen can type on their phones. It encodes no other address.
func QR(trustProxy bool) echo.HandlerFunc {
	return func(c echo.Context) error {
		frame, err := request.Frame(c)
		if err != nil {
			return err
		}
		// Level M is readable on a smudged screen. A higher level would need smaller
		// modules, which are harder to read from a distance.
		code, err := qr.Encode(request.Site(c, trustProxy)+request.FramePath(frame), qr.M, qr.Auto)
		if err != nil {
			// The Host is too long. The error is not passed on, because it contains
			// the Host, and would be logged.
			return request.NewProblem(http.StatusBadRequest, "This server's address is too long for a QR code.")
		}
		// The code depends on the Host header of the request.
		c.Response().Header().Set(echo.HeaderCacheControl, "private, no-cache")
		return c.Blob(http.StatusOK, "image/svg+xml", drawQR(code))
	}
}

// drawQR writes a code, one pixel a module, as a single SVG path.
func drawQR(code image.Image) []byte {
	size := code.Bounds().Dx()
	side := strconv.Itoa(size + 2*quietZone)
	svg := []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="` + side + `" height="` + side +
		`" viewBox="0 0 ` + side + ` ` + side + `" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h` + side + `v` + side + `H0z"/><path d="`)
	for y := range size {
		for x := 0; x < size; x++ {
			start := x
			for x < size && dark(code.At(x, y)) {
				x++
			}
			if run := x - start; run > 0 {
				svg = fmt.Appendf(svg, "M%d %dh%dv1h-%dz", start+quietZone, y+quietZone, run, run)
			}
		}
	}
	return append(svg, `"/></svg>`...)
}

func dark(c color.Color) bool {
	return color.GrayModel.Convert(c).(color.Gray).Y < 128
}
