# kessai: one screen of targets. `make help` lists them.
SHELL = /bin/bash
BUF ?= tools/node_modules/.bin/buf
GOTOOL = go tool -modfile=tools/go.mod
# Where goroutines meet: the race detector runs here.
RACE = ./internal/ledger/... ./internal/session/... ./internal/processor/... ./internal/vault/... ./internal/acquirer/... ./internal/registry ./internal/bulk ./internal/dispatch
FUZZTIME ?= 20s

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.PHONY: run
run: ## start everything on loopback, with the simulator as provider
	go run ./server

.PHONY: test
test: install test-go test-race test-tools test-clients test-image test-browser ## the whole proof: Go, race detector, tools, clients of all languages, the image, purchases in Chromium

.PHONY: ci
ci: ## what CI runs: install, gen-check, lint, test; each step with its time
	@tools/ci.sh lint-format lint-proto lint-go gen-check test-go test-race test-tools test-clients test-image test-browser

.PHONY: test-go
test-go: install-redis install-postgres
	go test -timeout 15m ./...

.PHONY: test-race
test-race: install-redis install-postgres
	go test -race -timeout 15m $(RACE)

.PHONY: test-tools
test-tools: install-redis install-postgres
	cd tools/bench && go test -p 1 -timeout 5m ./... # one after another: each wants the machine for itself

.PHONY: test-clients
test-clients:
	$(MAKE) --no-print-directory -C client test

.PHONY: test-image
test-image: ## what docs/deploy/Dockerfile puts into an image, alone in a folder, serves a payment
	@tools/image.sh

# Screenshots of every page are in tools/e2e/screenshots afterwards.
.PHONY: test-browser
test-browser: install-redis install-browser ## purchases in Chromium, from the cart to the thank-you
	@rm -rf tools/e2e/screenshots
	npm --prefix tools/e2e test --silent

.PHONY: gen
gen: install-tools protodeps ## generate everything that is generated
	$(BUF) generate
	@cp tools/openapi/embed.go.txt gen/openapi/openapi.go # an embed cannot reach upwards, and buf empties the folder
	$(MAKE) --no-print-directory -C client gen
	$(MAKE) --no-print-directory web

# Node builds these; who runs kessai or compiles it needs none.
.PHONY: web
web: install-tools ## build the checkout page and kessai-checkout, with fixed names
	$(MAKE) --no-print-directory -C client typescript/node_modules/installed
	@tools/web.sh

.PHONY: gen-check
gen-check: gen ## generate, and fail if that changes what is committed
	@tools/unchanged.sh gen 'client/*/gen' client/reasons.go client/typescript/dist internal/checkout/dist

.PHONY: lint
lint: lint-format lint-proto lint-go ## format, go vet, staticcheck, buf lint, breaking changes

.PHONY: lint-format
lint-format:
	@tools/format.sh

.PHONY: lint-go
lint-go:
	go vet ./...
	go -C tools vet ./...
	go -C tools/bench vet ./...
	$(GOTOOL) staticcheck ./...

.PHONY: lint-proto
lint-proto: install-tools protodeps
	$(BUF) lint
	$(BUF) format -d --exit-code proto
	@BUF='$(BUF)' tools/breaking.sh

.PHONY: fix
fix: install-tools ## repair the format of Go and proto
	@tools/format.sh -w
	$(BUF) format -w proto

.PHONY: fuzz
fuzz: ## every fuzz test for FUZZTIME (20s)
	@tools/fuzz.sh $(FUZZTIME)

.PHONY: bench
bench: install-redis install-postgres ## speed as ratios to a floor, in one run of twenty minutes; BENCH= for flags
	cd tools/bench && go run . $(BENCH)

.PHONY: bench-long
bench-long: install-redis install-postgres ## the long run: longer points, full books in PostgreSQL, a first start with nothing built
	cd tools/bench && go run . -long $(BENCH)

.PHONY: crash
crash: install-redis ## kill -9, wiped Redis and linearizability runs; CRASH= for flags
	cd tools/bench && go run ./crash $(CRASH)

.PHONY: failover
failover: install-redis install-postgres ## three servers while a primary, a Redis node and a server are killed; FAILOVER= for flags
	cd tools/bench && go run ./failover $(FAILOVER)

.PHONY: month
month: ## a simulated month of a shop and a rude provider, audited to the yen; MONTH= for flags
	go test -count=1 -timeout 30m -v ./server -run '^TestMonth$$' -month.days 31 -month.orders 160 -month.seed $$(date +%N | sed 's/^0*//') $(MONTH)

.PHONY: install
install: install-redis install-postgres install-tools install-browser ## what all the above need, from Debian, npm, PyPI and Maven; quick when it is there
	@$(MAKE) --no-print-directory -C client install

.PHONY: install-redis
install-redis:
	@client/tools/system.sh redis-server

.PHONY: install-postgres
install-postgres:
	@tools/postgres.sh

# The browser is Debian's; the driver downloads none.
.PHONY: install-browser
install-browser: tools/e2e/node_modules/installed
	@client/tools/system.sh chromium fonts-noto-cjk

tools/e2e/node_modules/installed: tools/e2e/package-lock.json
	cd tools/e2e && npm ci --no-audit --no-fund
	@touch $@

.PHONY: install-tools
install-tools: tools/node_modules/installed

# npm makes the folder before it has filled it, so a file of our own is the mark.
tools/node_modules/installed: tools/package-lock.json
	cd tools && npm ci --no-audit --no-fund
	@touch $@

.PHONY: tools/node_modules
tools/node_modules: install-tools

.PHONY: protodeps
protodeps:
	@cd tools && go run ./protodeps -o ../.protodeps google/api/annotations.proto google/api/http.proto
