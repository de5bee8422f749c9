package e2e

import (
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// refused runs the program with a .env file (if not empty) and settings with
// which it must not start, and returns what it says.
func refused(t *testing.T, dotenv string, env ...string) string {
	t.Helper()
	cmd := exec.Command(binary)
	cmd.Dir = t.TempDir()
	if dotenv != "" {
		if err := os.WriteFile(filepath.Join(cmd.Dir, ".env"), []byte(dotenv), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOST=127.0.0.1", "PORT=0", "PICTURES=album"}, env...)
	var out strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer time.AfterFunc(patience, func() { cmd.Process.Kill() }).Stop()
	cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != 1 {
		t.Errorf("%q: exit code %d, want 1; it says %s", env, code, out.String())
	}
	return out.String()
}

func TestBadSettings(t *testing.T) {
	t.Parallel()
	for _, setting := range []string{
		"PORT=http", "PORT=-1", "PORT=70000", "PORT=80 80", "PORT=0x50",
		"PICTURES=nothing", "PICTURES=Flickr", "FLICKR_API_URL=not a URL", "FLICKR_API_URL=ftp://example.com/", "FLICKR_API_URL=https://:443/", "FLICKR_FEED_URL=/relative", "OPENVERSE_URL=openverse",
		"REDIS_URL=http://example.com", "REDIS_URL=localhost:6379", "REDIS_URL=redis://localhost/first", "ALLOWED_ORIGINS=example.com", "ALLOWED_ORIGINS=https://a.example/path",
		"ALLOWED_ORIGINS=*", "ALLOWED_ORIGINS=https://a.example,null", "ALLOWED_ORIGINS=https://user@a.example", "ALLOWED_ORIGINS=https://a.example/",
		"ALLOWED_ORIGINS=https://*.a.example", "ALLOWED_ORIGINS=https://bücher.example", "ALLOWED_ORIGINS=https://a.example:", "ALLOWED_ORIGINS=https://a.example:99999",
		"TRUST_PROXY=maybe", "SEARCHES_PER_MINUTE=many", "SEARCHES_PER_MINUTE=-1", "SEARCHES_PER_MINUTE=1.5",
		"MAX_VIEWERS=-1", "MAX_VIEWERS=1e3", "MAX_VIEWERS_PER_ADDRESS=x", "HOLD=-1s", "HOLD=61s", "HOLD=3", "HOLD=long", "AUTOPLAY=9s", "AUTOPLAY=-1m", "AUTOPLAY=5", "AUTOPLAY=often",
		"WORDS=ocean," + strings.Repeat("a", 101),
		"LOG_LEVEL=loud", "LOG_FORMAT=xml",
	} {
		name, value, _ := strings.Cut(setting, "=")
		said := refused(t, "", setting)
		if !strings.Contains(said, name+" ") || strings.Count(strings.TrimSpace(said), "\n") > 0 {
			t.Errorf("%s: it says %q, want one message with the name", setting, said)
		}
		if strings.HasPrefix(name, "REDIS") && strings.Contains(said, value) {
			t.Errorf("%s: what may be secret is said: %q", setting, said)
		}
	}
	if said := refused(t, "", "PICTURES=flickr"); !strings.Contains(said, "FLICKR_API_KEY") {
		t.Errorf("flickr without a key: it says %q", said)
	}
}

func TestAllBadSettingsAtOnce(t *testing.T) {
	t.Parallel()
	const secret = "hunter2"
	said := refused(t, "AUTOPLAY=1s\nADMIN_TOKEN="+secret, "PORT=x", "PICTURES=x", "TRUST_PROXY=x", "MAX_VIEWERS=x", "SEARCHES_PER_MINUTE=-1",
		"LOG_LEVEL=x", "LOG_FORMAT=x", "ALLOWED_ORIGINS=x", "REDIS_URL=redis//:"+secret+"@host", "FLICKR_API_KEY="+secret, "FLICKR_API_URL=x")
	for _, name := range []string{"PORT", "PICTURES", "TRUST_PROXY", "MAX_VIEWERS", "SEARCHES_PER_MINUTE", "LOG_LEVEL", "LOG_FORMAT",
		"ALLOWED_ORIGINS", "REDIS_URL", "FLICKR_API_URL", "AUTOPLAY"} {
		if strings.Count(said, name+" ") != 1 {
			t.Errorf("it says %q, want %s once", said, name)
		}
	}
	if strings.Contains(said, secret) {
		t.Errorf("it says a secret: %q", said)
	}
}

func TestBrokenDotenv(t *testing.T) {
	t.Parallel()
	const secret = "hunter2"
	for _, file := range []string{"ADMIN_TOKEN=\"" + secret, "just " + secret + " words\n", "A='" + secret, "ADMIN_TOKEN " + secret, "=" + secret} {
		if said := refused(t, file); !strings.Contains(said, ".env") || strings.Contains(said, secret) {
			t.Errorf(".env %q: it says %q", file, said)
		}
	}
}

func TestPortTaken(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	_, port, _ := net.SplitHostPort(taken.Addr().String())
	if said := refused(t, "", "PORT="+port); !strings.Contains(said, "PORT") || !strings.Contains(said, port) || !strings.Contains(said, "in use") {
		t.Errorf("a taken port: it says %q", said)
	}
	if said := refused(t, "", "HOST=no-such-host.invalid"); !strings.Contains(said, "HOST") {
		t.Errorf("an unknown host: it says %q", said)
	}
}

// The file fills in what the environment leaves unset or sets to nothing.
func TestDotenv(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := "# settings\nADMIN_TOKEN='from the file'\nSEARCHES_PER_MINUTE=1\nexport MAX_VIEWERS=1\nPORT=1\nBLOCKED_WORDS=spider, ghost\n"
	if err := os.WriteFile(filepath.Join(dir, ".env"), []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	p := startIn(t, dir, "SEARCHES_PER_MINUTE=", "MAX_VIEWERS=0", "ADMIN_TOKEN=  ")
	form := head("Content-Type", asForm)
	p.check(row{"POST", "/publish", form, "keyword=ghost", 422, ""})
	p.check(row{"POST", "/publish", form, "keyword=x", 429, ""})
	p.check(row{"DELETE", "/history", head("Authorization", "Bearer from the file"), "", 204, ""})
	p.follow(ways[0], "main", "").next("presence")
	p.follow(ways[0], "main", "").next("presence")
}

// An address in brackets is one, and so is a name.
func TestHosts(t *testing.T) {
	t.Parallel()
	for _, host := range []string{"[::1]", "::1", "localhost", "127.0.0.1"} {
		p := start(t, "HOST="+host)
		resp, _ := p.request(http.MethodGet, "/healthz", nil, "")
		if resp.StatusCode != http.StatusOK {
			t.Errorf("HOST=%s: %s", host, resp.Status)
		}
	}
}
