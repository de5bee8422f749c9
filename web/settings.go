package web

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"

	"picture-frame/hub"
)

// Settings is what can be set, each by the environment variable named beside it,
// but for what other packages read by a Check of their own.
type Settings struct {
	Port string `env:"PORT" envDefault:"8080"`
	Host string `env:"HOST"`

	RedisURL string `env:"REDIS_URL"` // secret: it may hold a password
	DataDir  string `env:"DATA_DIR"`  // checked where it is opened

	AllowedOrigins      []string      `env:"ALLOWED_ORIGINS"`
	TrustProxy          bool          `env:"TRUST_PROXY" envDefault:"false"`
	SearchesPerMinute   int           `env:"SEARCHES_PER_MINUTE" envDefault:"20"`
	MaxViewers          int           `env:"MAX_VIEWERS" envDefault:"0"`
	MaxViewersByAddress int           `env:"MAX_VIEWERS_PER_ADDRESS" envDefault:"0"`
	Hold                time.Duration `env:"HOLD" envDefault:"0"`
	Autoplay            time.Duration `env:"AUTOPLAY" envDefault:"0"`
	BlockedWords        []string      `env:"BLOCKED_WORDS"`

	AdminToken string     `env:"ADMIN_TOKEN"` // secret
	LogLevel   slog.Level `env:"LOG_LEVEL" envDefault:"info"`
	LogFormat  string     `env:"LOG_FORMAT"` // text or json; empty: text on a terminal
}

// leastAutoplay keeps a frame from becoming a slide show on other people's
// servers.
const leastAutoplay = 10 * time.Second

// A Check reads the settings that belong to another part of the program, or
// judges one of ours. lookup returns "" for a variable that is unset. Each of the
// problems begins with the variable's name.
type Check func(lookup func(name string) string) (problems []string)

// ReadSettings reads the settings from environ, a list of NAME=VALUE. A
// variable that is set to nothing counts as unset. The error names every
// variable that is wrong, and no value that is secret.
func ReadSettings(environ []string, checks ...Check) (Settings, error) {
	var s Settings
	vars := map[string]string{}
	for _, entry := range environ {
		if name, value, _ := strings.Cut(entry, "="); strings.TrimSpace(value) != "" {
			vars[name] = strings.TrimSpace(value)
		}
	}
	problems := parseProblems(env.ParseWithOptions(&s, env.Options{Environment: vars}))
	problems = append(problems, s.check(problems)...)
	for _, check := range checks {
		problems = append(problems, check(func(name string) string { return vars[name] })...)
	}
	slices.Sort(problems)
	if len(problems) > 0 {
		return s, errors.New("settings: " + strings.Join(slices.Compact(problems), "; "))
	}
	s.AllowedOrigins, s.BlockedWords = trimAll(s.AllowedOrigins), trimAll(s.BlockedWords)
	for i, origin := range s.AllowedOrigins {
		one, _ := parseOrigin(origin)
		s.AllowedOrigins[i] = one.String()
	}
	if host, ok := strings.CutPrefix(s.Host, "["); ok {
		s.Host = strings.TrimSuffix(host, "]")
	}
	return s, nil
}

// parseProblems puts what the parser found into words, by variable.
func parseProblems(err error) (problems []string) {
	var all env.AggregateError
	if err == nil {
		return nil
	}
	if !errors.As(err, &all) {
		return []string{err.Error()}
	}
	for _, one := range all.Errors {
		var parse env.ParseError
		if !errors.As(one, &parse) {
			problems = append(problems, one.Error())
			continue
		}
		name := parse.Name
		if field, ok := reflect.TypeFor[Settings]().FieldByName(parse.Name); ok {
			name = field.Tag.Get("env")
		}
		problems = append(problems, name+" "+wants(parse.Type))
	}
	return problems
}

func wants(t reflect.Type) string {
	switch {
	case t == reflect.TypeFor[time.Duration]():
		return "is not a duration such as 90s, 5m or 1h"
	case t == reflect.TypeFor[slog.Level]():
		return "is none of debug, info, warn, error"
	case t.Kind() == reflect.Bool:
		return "is neither true nor false"
	case t.Kind() == reflect.Int:
		return "is not a whole number"
	}
	return "cannot be read"
}

// check says what is wrong with values that could be parsed.
func (s *Settings) check(parsed []string) (problems []string) {
	bad := func(name, format string, args ...any) {
		problem := name + " " + fmt.Sprintf(format, args...)
		if !slices.ContainsFunc(parsed, func(p string) bool { return strings.HasPrefix(p, name+" ") }) {
			problems = append(problems, problem)
		}
	}
	if _, err := strconv.ParseUint(s.Port, 10, 16); err != nil {
		bad("PORT", "is not a port number from 0 to 65535")
	}
	if s.DataDir != "" && s.RedisURL != "" {
		bad("DATA_DIR", "cannot be set together with REDIS_URL: processes that share a Redis keep their frames there")
	}
	for _, origin := range trimAll(s.AllowedOrigins) {
		if _, ok := parseOrigin(origin); !ok {
			bad("ALLOWED_ORIGINS", "has an entry that is not an origin such as https://example.com")
		}
	}
	for name, n := range map[string]int{
		"SEARCHES_PER_MINUTE": s.SearchesPerMinute, "MAX_VIEWERS": s.MaxViewers, "MAX_VIEWERS_PER_ADDRESS": s.MaxViewersByAddress,
	} {
		if n < 0 {
			bad(name, "is below 0")
		}
	}
	if s.Autoplay != 0 && s.Autoplay < leastAutoplay {
		bad("AUTOPLAY", "is neither 0 nor at least %v", leastAutoplay)
	}
	if s.Hold < 0 || s.Hold > hub.MaxHold {
		bad("HOLD", "is not a time from 0 to %v", hub.MaxHold)
	}
	if !slices.Contains([]string{"", "text", "json"}, s.LogFormat) {
		bad("LOG_FORMAT", "is neither text nor json")
	}
	return problems
}

func trimAll(values []string) (trimmed []string) {
	for _, v := range values {
		if v = strings.TrimSpace(v); v != "" {
			trimmed = append(trimmed, v)
		}
	}
	return trimmed
}

// Address is where to listen.
func (s *Settings) Address() string { return net.JoinHostPort(s.Host, cmp.Or(s.Port, "0")) }
