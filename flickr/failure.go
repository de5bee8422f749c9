package flickr

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// failure is one request that did not bring photos, with what follows from it.
type failure struct {
	kind  error  // one of the package's errors
	cause string // for the log, without the key

	outcome string        // for Observe
	retry   bool          // the same request may succeed in a moment
	after   time.Duration // not before that, if the answer said so
	dead    bool          // brings the circuit nearer to opening
}

func (f *failure) Error() string { return f.kind.Error() + ": " + f.cause }

// Unwrap makes errors.Is find the kind. The original error stays behind: it
// may hold the URL, and that the key.
func (f *failure) Unwrap() error { return f.kind }

// unreadable is an answer that came but makes no sense. Flickr is alive, and
// would say the same again.
func unreadable(cause string) *failure {
	return &failure{kind: ErrAnswer, cause: cause, outcome: OutcomeUnreadable}
}

// maxQuoted is how much of a message of Flickr's is logged.
const maxQuoted = 200

// refusal is an error that Flickr reports itself, under HTTP 200. The codes
// and what to do about each are documented with flickr.photos.search; 0, 77
// and 201 are not, and of those only the messages can be relied on for 0 and
// 201.
func refusal(code, message loose) *failure {
	text := []rune(message.line())
	f := &failure{
		kind:    ErrAnswer,
		cause:   fmt.Sprintf("code %q, %q", string(code), string(text[:min(len(text), maxQuoted)])),
		outcome: OutcomeRefused,
	}
	number, err := strconv.Atoi(strings.TrimSpace(string(code)))
	if err != nil {
		number = -1
	}
	switch number {
	case 1, 3, 77, 116: // Too many tags, nothing to search for, too many ORs, a bad URL.
		f.kind = ErrUnsearchable
	case 10, 105: // The search, or all of Flickr, is not available.
		f.retry, f.dead = true, true
	case 100: // The key. Asking again cannot help, so the circuit spares Flickr.
		f.dead = true
	default:
		if lower := strings.ToLower(string(text)); strings.Contains(lower, "not currently available") || strings.Contains(lower, "currently unavailable") {
			f.retry, f.dead = true, true
		}
	}
	return f
}

// badStatus is an answer with another status than 200.
func badStatus(res *http.Response) *failure {
	f := &failure{kind: ErrAnswer, cause: "status " + strconv.Itoa(res.StatusCode), outcome: OutcomeStatus}
	if res.StatusCode == http.StatusTooManyRequests || res.StatusCode >= 500 {
		f.retry, f.dead = true, true
		f.after = retryAfter(res.Header.Get("Retry-After"))
	}
	return f
}

// retryAfter reads the header of that name: seconds, or a date.
func retryAfter(value string) time.Duration {
	value = strings.TrimSpace(value)
	if seconds, err := strconv.Atoi(value); err == nil {
		return time.Duration(min(max(seconds, 0), 24*60*60)) * time.Second
	}
	if date, err := http.ParseTime(value); err == nil {
		return max(time.Until(date), 0)
	}
	return 0
}
