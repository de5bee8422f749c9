package album

// Everything in this package is integer arithmetic: an architecture may fuse a
// floating-point multiplication and addition, and then the same id would give
// other bytes there. Pictures are cached by id for ever, so that must not be.

// rng is splitmix64. It is written out here because math/rand may change
// between Go versions and an id must not change its picture.
type rng uint64

func (r *rng) next() uint64 {
	*r += 0x9e3779b97f4a7c15
	return scramble(uint64(*r))
}

// scramble is splitmix64's output function: every bit of z reaches every bit
// of the result.
func scramble(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// n returns a number from 0 to k-1.
func (r *rng) n(k int) int { return int(r.next() >> 33 % uint64(k)) }

// in returns a number from lo to hi, both included.
func (r *rng) in(lo, hi int) int { return lo + r.n(hi-lo+1) }

// mid is like in, but numbers in the middle are more likely.
func (r *rng) mid(lo, hi int) int { return (r.in(lo, hi) + r.in(lo, hi)) / 2 }

// chance is true in percent of all cases.
func (r *rng) chance(percent int) bool { return r.n(100) < percent }

// sign returns -1 or 1.
func (r *rng) sign() int { return 1 - 2*r.n(2) }

// unit is the scale of noise and of the sine: 1.0 is written as unit.
const unit = 10000

// noise is smooth value noise in -unit..unit; wave is the distance between two
// independent values.
func noise(seed uint64, x, wave int) int {
	i := floorDiv(x, wave)
	t := (x - i*wave) * unit / wave
	t = t * t / unit * (3*unit - 2*t) / unit // smoothstep
	a, b := lattice(seed, i), lattice(seed, i+1)
	return a + (b-a)*t/unit
}

func lattice(seed uint64, i int) int {
	return int(scramble(seed+uint64(int64(i))*0x9e3779b97f4a7c15)>>40%(2*unit+1)) - unit
}

// fractal adds octaves of noise, each half as long and half as high, and stays
// within about -unit..unit.
func fractal(seed uint64, x, wave, octaves int) int {
	sum, height, all := 0, unit, 0
	for range octaves {
		sum += noise(seed, x, wave) * height / unit
		all += height
		height, wave, seed = height/2, max(wave/2, 1), scramble(seed)
	}
	return sum * unit / all
}

// ridged is noise folded at zero, in 0..unit: its maxima are sharp, as peaks are.
func ridged(seed uint64, x, wave, octaves int) int {
	sum, height, all := 0, unit, 0
	for range octaves {
		sum += (unit - abs(noise(seed, x, wave))) * height / unit
		all += height
		height, wave, seed = height*45/100, max(wave*45/100, 1), scramble(seed)
	}
	return sum * unit / all
}

// sin takes tenths of a degree and returns -unit..unit, by Bhaskara's rational
// approximation (off by at most 0.2 percent).
func sin(a int) int {
	a = ((a % 3600) + 3600) % 3600
	if a >= 1800 {
		return -sin(a - 1800)
	}
	q := int64(a * (1800 - a)) // 4*q*unit is too much for a 32-bit int
	return int(4 * q * unit / (4050000 - q))
}

func cos(a int) int { return sin(a + 900) }

func abs(x int) int {
	if x < 0 {
		return -x
	}
	return x
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// lerp is the number t/of of the way from a to b.
func lerp(a, b, t, of int) int { return a + (b-a)*t/of }
