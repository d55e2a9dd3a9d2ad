# kessai: one screen of targets. `make help` lists them.
BUF ?= tools/node_modules/.bin/buf
GOTOOL = go tool -modfile=tools/go.mod

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.PHONY: run
run: ## start everything on loopback, with the simulator as provider
	go run ./server

tools/node_modules: tools/package-lock.json
	cd tools && npm ci --no-audit --no-fund
	@touch $@

.PHONY: protodeps
protodeps: ## third-party schemas, from pinned Go modules
	cd tools && go run ./protodeps -o ../.protodeps google/api/annotations.proto google/api/http.proto

.PHONY: gen
gen: tools/node_modules protodeps ## generate everything that is generated
	$(BUF) format -w proto
	$(BUF) generate
