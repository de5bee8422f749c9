package request

import (
	"encoding/json"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
)

// maxWait bounds, in milliseconds, what a page can say that it has waited.
const maxWait = 60_000

// A Receipt is what a page says of a picture that it shows. It may say anything;
// only its Wait has been brought between 0 and a minute.
type Receipt struct {
	Frame, ID, Screen string
	Wait              time.Duration
}

// ReadReceipt reads a receipt from the request's body, a form or a JSON object. What
// is missing there or of another type is zero: nobody reads the answer, so there is
// no telling what is wrong. The error is a Problem or a *http.MaxBytesError.
func ReadReceipt(c echo.Context) (Receipt, error) {
	if decoderOf(c.Request().Header, "") == nil {
		return Receipt{}, NewProblem(http.StatusUnsupportedMediaType, "Send a form or a JSON object with the members \"frame\", \"id\", \"screen\" and \"wait\".")
	}
	body, err := readBody(c)
	if err != nil {
		return Receipt{}, err
	}
	var r struct {
		Frame, ID, Screen string
		Wait              float64 // in milliseconds
	}
	if err := json.Unmarshal(body, &r); err != nil && r.ID == "" { // it may be a form
		form := func(name string) string { return first(values(string(body), name)) }
		r.Frame, r.ID, r.Screen = form("frame"), form("id"), form("screen")
		r.Wait, _ = strconv.ParseFloat(form("wait"), 64)
	}
	wait := min(max(r.Wait, 0), maxWait)
	if math.IsNaN(wait) {
		wait = 0
	}
	return Receipt{r.Frame, r.ID, r.Screen, time.Duration(wait * float64(time.Millisecond))}, nil
}
