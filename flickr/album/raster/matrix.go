package raster

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

type point struct{ x, y float64 }

// A matrix maps (x, y) to (m[0]x + m[2]y + m[4], m[1]x + m[3]y + m[5]), as SVG's
// matrix() does.
type matrix [6]float64

func (m matrix) at(p point) point {
	return point{m[0]*p.x + m[2]*p.y + m[4], m[1]*p.x + m[3]*p.y + m[5]}
}

// times returns the matrix that applies n, then m.
func (m matrix) times(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[2]*n[1], m[1]*n[0] + m[3]*n[1],
		m[0]*n[2] + m[2]*n[3], m[1]*n[2] + m[3]*n[3],
		m[0]*n[4] + m[2]*n[5] + m[4], m[1]*n[4] + m[3]*n[5] + m[5],
	}
}

func (m matrix) determinant() float64 { return m[0]*m[3] - m[1]*m[2] }

// inverse returns the matrix that undoes m, whose determinant must not be 0.
func (m matrix) inverse() matrix {
	d := m.determinant()
	i := matrix{m[3] / d, -m[1] / d, -m[2] / d, m[0] / d, 0, 0}
	moved := i.at(point{m[4], m[5]})
	i[4], i[5] = -moved.x, -moved.y
	return i
}

// transformed returns m after the functions of a transform attribute.
func (m matrix) transformed(transform string) (matrix, error) {
	for rest := transform; rest != ""; {
		function, after, ok := strings.Cut(rest, ")")
		name, arguments, _ := strings.Cut(function, "(")
		v, err := numbers(arguments)
		switch {
		case !ok || err != nil:
			return m, fmt.Errorf("the transform %q", transform)
		case name == "matrix" && len(v) == 6:
			m = m.times(matrix(v))
		case name == "translate" && len(v) == 2:
			m = m.times(matrix{1, 0, 0, 1, v[0], v[1]})
		case name == "scale" && len(v) == 2:
			m = m.times(matrix{v[0], 0, 0, v[1], 0, 0})
		case name == "scale" && len(v) == 1:
			m = m.times(matrix{v[0], 0, 0, v[0], 0, 0})
		default:
			return m, fmt.Errorf("the transform %q", transform)
		}
		rest = strings.TrimSpace(after)
	}
	if m.determinant() == 0 {
		return m, fmt.Errorf("the transform %q, after which nothing is left", transform)
	}
	return m, nil
}

// numbers reads a list of numbers with blanks between.
func numbers(text string) (values []float64, err error) {
	for _, field := range strings.Fields(text) {
		v, err := number(field)
		if err != nil {
			return nil, err
		}
		values = append(values, v)
	}
	return values, nil
}

func number(text string) (float64, error) {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, fmt.Errorf("the number %q", text)
	}
	return v, nil
}
