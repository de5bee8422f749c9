package fetch

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"picture-frame/flickr/fetch/fetchtest"
)

func TestFourAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var n fetchtest.Counter
		c := New(Options{Transport: n.Through(time.Second, answer("a"))})
		start := time.Now()
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				if _, err := c.words(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if got := n.Most.Load(); got != atOnce {
			t.Errorf("got %d requests at once, want %d", got, atOnce)
		}
		if took := time.Since(start); took != 5*time.Second {
			t.Errorf("got 20 answers after %v, want 5 s", took)
		}
	})
}

func TestBackOff(t *testing.T) {
	tests := []struct {
		name       string
		retryAfter string
		background bool
		least      time.Duration
		most       time.Duration
		requests   int64
	}{
		{"none asked for", "", false, backOff, 2 * backOff, 2},
		{"soon", "3", false, 3 * time.Second, 3 * time.Second, 2},
		{"too late to be waited for", "3600", false, 0, 0, 1},
		{"nonsense", "when I am ready", false, backOff, 2 * backOff, 2},
		{"in the past", "-5", false, backOff, 2 * backOff, 2},
		{"in the background", "", true, 0, 0, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var n fetchtest.Counter
				c := New(Options{Transport: n.Through(0, func(r *http.Request) (*http.Response, error) {
					res := fetchtest.Response(r, 503, "")
					res.Header.Set("Retry-After", tt.retryAfter)
					return res, nil
				})})
				ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
				defer cancel()
				start := time.Now()
				_, err := Fetch(ctx, c, Request{URL: far, Background: tt.background}, decode)
				if took := time.Since(start); took < tt.least || took > tt.most {
					t.Errorf("got an end after %v, want %v to %v", took, tt.least, tt.most)
				}
				if got := n.Total.Load(); got != tt.requests || !errors.Is(err, ErrAnswer) {
					t.Errorf("got %d requests and %v, want %d and ErrAnswer", got, err, tt.requests)
				}
			})
		})
	}
}

// TestUnreachableIsNotRetriedWithABackup: nobody waits for a second try to
// connect while somebody else can answer.
func TestUnreachableIsNotRetriedWithABackup(t *testing.T) {
	for backup, want := range map[bool]int64{false: 2, true: 1} {
		synctest.Test(t, func(t *testing.T) {
			var n fetchtest.Counter
			c := New(Options{Backup: backup, Transport: n.Through(0, fetchtest.Refused)})
			if _, err := c.words(t.Context()); !errors.Is(err, ErrUnreachable) {
				t.Errorf("got %v, want ErrUnreachable", err)
			}
			if got := n.Total.Load(); got != want {
				t.Errorf("backup %v: got %d requests, want %d", backup, got, want)
			}
		})
	}
}

// TestLimits: every limit holds, whichever is spent first, and what lies in the
// reserve is not for requests in the background.
func TestLimits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var n fetchtest.Counter
		c := New(Options{Transport: n.Through(0, answer("a")), Limits: []Limit{
			{Name: "minute", Queries: 3, Per: time.Minute, Reserve: 1}, {Name: "day", Queries: 5, Per: 24 * time.Hour},
		}})
		ask := func(background bool, want time.Duration) {
			t.Helper()
			_, err := Fetch(t.Context(), c, Request{URL: far, Background: background}, decode)
			var spent *BudgetError
			switch {
			case want == 0 && err != nil:
				t.Errorf("got %v, want an answer", err)
			case want > 0 && (!errors.As(err, &spent) || !errors.Is(err, ErrBudget) || spent.After != want):
				t.Errorf("got %v, want ErrBudget for %v", err, want)
			}
		}
		ask(true, 0)
		ask(true, 0)
		ask(true, time.Minute)
		ask(false, 0)
		time.Sleep(20 * time.Second)
		ask(false, 40*time.Second)
		time.Sleep(40 * time.Second)
		ask(false, 0)
		ask(false, 0)
		ask(false, 23*time.Hour+59*time.Minute)
		if got := n.Total.Load(); got != 5 {
			t.Errorf("got %d requests, want 5", got)
		}
		time.Sleep(24 * time.Hour)
		ask(false, 0)
	})
}

// TestSharedBudget: two clients with one budget keep to the limit together.
func TestSharedBudget(t *testing.T) {
	o := Options{Transport: answer("a"), Limits: []Limit{{Name: "day", Queries: 3, Per: time.Hour}}, Budget: &memory{}}
	one, two := New(o), New(o)
	for i := range 6 {
		_, err := []*Client{one, two}[i%2].words(t.Context())
		if spent := errors.Is(err, ErrBudget); spent != (i >= 3) {
			t.Errorf("request %d: got %v", i, err)
		}
	}
}

func TestPanicInTheTransport(t *testing.T) {
	c := New(Options{Transport: fetchtest.RoundTrip(func(*http.Request) (*http.Response, error) { panic("oh") })})
	for range 2 * atOnce { // A place that is not given back would be missed.
		func() {
			defer func() {
				if recover() == nil {
					t.Error("got no panic, want the transport's")
				}
			}()
			c.words(t.Context())
		}()
	}
}

// TestLocal: a server in this process is asked whatever happened before.
func TestLocal(t *testing.T) {
	var n fetchtest.Counter
	c := New(Options{Local: true, Transport: n.Through(0, fetchtest.Refused)})
	for range 30 {
		Fetch(t.Context(), c, Request{URL: far, Background: true}, decode)
	}
	if got := n.Total.Load(); got != 30 {
		t.Errorf("got %d requests, want 30", got)
	}
}

func TestRedirects(t *testing.T) {
	tests := []struct {
		domain, to string
		followed   bool
	}{
		{"", "https://far.example/there", true},
		{"", "https://FAR.example/there", true},
		{"", "http://far.example/there", false},
		{"", "https://www.far.example/there", false},
		{"far.example", "https://www.far.example/there", true},
		{"far.example", "https://notfar.example/there", false},
		{"far.example", "https://far.example.evil.example/there", false},
	}
	for _, tt := range tests {
		var n fetchtest.Counter
		c := New(Options{Domain: tt.domain, Transport: n.Through(0, func(r *http.Request) (*http.Response, error) {
			if r.URL.Path == "/there" {
				return answer("a")(r)
			}
			res := fetchtest.Response(r, http.StatusFound, "")
			res.Header.Set("Location", tt.to)
			return res, nil
		})})
		_, err := c.words(t.Context())
		if (err == nil) != tt.followed || (n.Total.Load() == 2) != tt.followed {
			t.Errorf("%q to %s: got %v, want followed %v", tt.domain, tt.to, err, tt.followed)
		}
	}
}

// TestNoSecret: neither an error nor the log has the secret, or the address that
// holds it.
func TestNoSecret(t *testing.T) {
	const secret = "k/e+y&SECRET"
	u := &url.URL{Scheme: "https", Host: "far.example", RawQuery: "key=" + url.QueryEscape(secret)}
	for name, transport := range map[string]fetchtest.RoundTrip{
		"refused": fetchtest.Refused,
		"quoted":  func(r *http.Request) (*http.Response, error) { return nil, errors.New("cannot get " + r.URL.String()) },
		"echoed":  answer("echo"),
	} {
		synctest.Test(t, func(t *testing.T) {
			var log bytes.Buffer
			c := New(Options{Secret: secret, Transport: transport, Log: logTo(&log)})
			_, err := Fetch(t.Context(), c, Request{URL: u}, func([]byte) ([]string, error) {
				return nil, Unreadable("bad key " + secret + " or " + url.QueryEscape(secret))
			})
			if err == nil || log.Len() == 0 {
				t.Fatalf("%s: got error %v and log %q, want both", name, err, log.String())
			}
			for e := err; e != nil; e = errors.Unwrap(e) {
				if strings.Contains(e.Error(), "SECRET") {
					t.Errorf("%s: the secret is in the error %v", name, e)
				}
			}
			if strings.Contains(log.String(), "SECRET") {
				t.Errorf("%s: the secret is in the log: %s", name, log.String())
			}
		})
	}
}

func TestRetryAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		soon := time.Now().Add(90 * time.Second).UTC().Format(http.TimeFormat)
		for value, want := range map[string]time.Duration{
			"": 0, "7": 7 * time.Second, " 7 ": 7 * time.Second, "-1": 0, "1e9": 0, "99999999": 24 * time.Hour,
			soon: 90 * time.Second, "Wed, 02 Jan 1991 15:04:05 GMT": 0, "later": 0,
		} {
			if got := retryAfter(value); got != want {
				t.Errorf("%q: got %v, want %v", value, got, want)
			}
		}
	})
}
