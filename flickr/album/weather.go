package album

// weather is what may be added to any scene and mood.
type weather int

const (
	clear weather = iota
	night
	snow
	rain
	fog
)

var weatherCodes = [...]string{night: "ngt", snow: "snw", rain: "rnf", fog: "fgg"}

var weatherByCode = map[string]weather{"ngt": night, "snw": snow, "rnf": rain, "fgg": fog}

// in returns the palette as it is in that weather.
func (p palette) in(w weather) palette {
	if w != clear {
		p.weather = w
	}
	return p
}
