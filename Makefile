# Everything a developer types. The tools' versions are pinned here.
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK = golang.org/x/vuln/cmd/govulncheck@v1.8.0

# The packages whose tests start a browser, Redis or nginx. All others are in
# the quick loop, a new one too.
SLOW = -e '/hub/redis$$' -e '/web/e2e$$'

.PHONY: test quick setup check format fuzz fanout bench months slow soak

# The test command: installs what is missing, then checks and tests everything.
# Tests wait more than they compute, so more of them run at once than there are
# processors.
test: setup check
	go test -race -shuffle=on -parallel 4 -timeout 25m ./...
	node --test static/test/*.test.js

# What to run after each change: everything that needs no browser, no Redis and
# no nginx. What a change does not reach comes from Go's cache.
quick: format static/test/node_modules
	go vet ./...
	go test $$(go list ./... | grep -v $(SLOW))
	node --test static/test/*.test.js

static/test/node_modules: static/test/package.json
	cd static/test && npm install --no-audit --no-fund --loglevel=error
	touch $@

# Browsers, proxies, Redis and Node.js from the distribution.
setup:
	sh .ci/setup

format:
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); echo 'run gofmt -w on these'; exit 1; }

check: format
	go vet ./...
	GOOS=darwin go vet ./handlers/stream ./web ./hub/file
	go run $(STATICCHECK) ./...
	sh .ci/vulnerabilities $(GOVULNCHECK)

# Longer than the tests may take: each fuzz target for a minute.
fuzz:
	sh .ci/fuzz 60s

# 10,000 real viewers, beside the textbook's server: needs 11,000 descriptors.
fanout:
	go test -run '^$$' -bench FanOut -benchtime 30x ./web/e2e

# A wall's months: ten thousand pictures in one page, whose memory stays flat.
months:
	go test -run TestMemoryStaysFlat -v -timeout 4h ./web/e2e -pictures 10000

# How long a page takes over a slow line on a slow processor.
slow:
	go test -run TestPictureComesFirst -count 3 -v ./web/e2e -kbits 360 -cpu 6

# A wall's months with everything that breaks in them, for 2,000 viewers: make soak FOR=2h
FOR = 30m
soak:
	go test -run 'TestSoak$$' -v -timeout 0 ./web/e2e -soak $(FOR)

bench:
	go test -run '^$$' -bench . -benchmem ./hub/... ./flickr/... ./handlers/...
