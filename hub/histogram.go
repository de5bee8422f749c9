package hub

import (
	"math/bits"
	"time"
)

const (
	// exact is below how many milliseconds each has a bucket of its own. From there on
	// each power of two has exact/2 buckets, so that none is wider than a sixteenth of
	// what is in it.
	exactBits = 5
	exact     = 1 << exactBits
)

// Bucket returns the number of the bucket that a time belongs to. The buckets are
// fixed, so that those of several processes can be added.
func Bucket(d time.Duration) int {
	ms := uint(max(0, d.Milliseconds()))
	shift := max(0, bits.Len(ms)-exactBits)
	return shift*exact/2 + int(ms>>shift)
}

// Span returns the shortest time in a bucket, and the shortest above it.
func Span(bucket int) (from, to time.Duration) {
	shift := max(0, bucket/(exact/2)-1)
	low := (bucket - shift*exact/2) << shift
	return time.Duration(low) * time.Millisecond, time.Duration(low+1<<shift) * time.Millisecond
}

// middle is the time in the middle of a bucket, in whole milliseconds.
func middle(bucket int) time.Duration {
	from, to := Span(bucket)
	return from + ((to - from) / 2).Truncate(time.Millisecond)
}

// A Histogram counts times by their Bucket. It is no list of times: all that is
// known of one is its bucket.
type Histogram map[int]int

// Percentile returns a time that p of 100 times are not above, to a sixteenth.
func (h Histogram) Percentile(p int) time.Duration {
	sum, last := 0, 0
	for bucket, n := range h {
		sum, last = sum+n, max(last, bucket)
	}
	rank := max(1, (sum*p+99)/100) // of the time looked for, in their order
	for bucket := 0; bucket < last; bucket++ {
		if rank -= h[bucket]; rank <= 0 {
			return middle(bucket)
		}
	}
	return middle(last)
}
