# Everything a developer types. The tools' versions are pinned here.
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK = golang.org/x/vuln/cmd/govulncheck@v1.8.0

.PHONY: test setup check fuzz fanout bench

# The test command: installs what is missing, then checks and tests everything.
test: setup check
	go test -race -shuffle=on -timeout 14m ./...
	node --test static/test/*.test.js

# Chromium, nginx, Redis, curl and Node.js from the distribution.
setup:
	sh .ci/setup

check:
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); echo 'run gofmt -w on these'; exit 1; }
	go vet ./...
	GOOS=darwin go vet ./handlers/stream ./web
	go run $(STATICCHECK) ./...
	sh .ci/vulnerabilities $(GOVULNCHECK)

# Longer than the tests may take: each fuzz target for a minute.
fuzz:
	sh .ci/fuzz 60s

# 10,000 real viewers, beside the textbook's server: needs 11,000 descriptors.
fanout:
	go test -run '^$$' -bench FanOut -benchtime 30x ./web/e2e

bench:
	go test -run '^$$' -bench . -benchmem ./hub/... ./flickr/... ./handlers/...
