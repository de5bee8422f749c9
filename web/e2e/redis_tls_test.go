package e2e

import (
	"encoding/json"
	"strings"
	"testing"

	"picture-frame/hub/redis/redistest"
)

// rediss:// accepts the certificates that the system trusts, or all if it is told
// to, and no error contains the password.
func TestRedisOverTLS(t *testing.T) {
	t.Parallel()
	s, certificate := redistest.NewTLS(t)
	s.Start()
	trusting := start(t, "REDIS_URL="+s.URL(), "SSL_CERT_FILE="+certificate)
	careless := start(t, "REDIS_URL="+s.URL()+"?skip_verify=true")
	trusting.until("/readyz", "ok")
	careless.until("/readyz", "ok")
	viewer := careless.follow(ways[0], "main", "")
	trusting.Publish("main", "fox")
	if m := viewer.next("picture"); m.keyword() != "fox" {
		t.Errorf("the other process shows %s", m.Data)
	}

	for address, why := range map[string]string{
		s.URL(): "unknown authority",
		strings.Replace(s.URL(), redistest.Password, "guessed", 1) + "?skip_verify=true": "WRONGPASS",
	} {
		log := ""
		for n := 0; n < 5 && !strings.Contains(log, why); n++ { // a slow machine is away before it knows why
			p := start(t, "REDIS_URL="+address)
			p.logged("redis is away: nothing can be published")
			p.until("/readyz", "not ready")
			text, _ := json.Marshal(p.Tail(1000))
			log = string(text)
			if strings.Contains(log, redistest.Password) || strings.Contains(log, "guessed") {
				t.Errorf("the log tells a password: %s", log)
			}
		}
		if !strings.Contains(log, why) {
			t.Errorf("the log does not say %q: %s", why, log)
		}
	}
}
