# Niengiam. `make` lists the targets; each target says in its own lines what it needs.
# Everything that takes time is a file target: what is newer than its sources is not made again.

SHELL         := bash
.SHELLFLAGS   := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS     += --no-builtin-rules --no-print-directory

# What a person may set: make demo ADDR=127.0.0.1:9000 DATA=/elsewhere
ADDR ?= 127.0.0.1:8080
DATA ?= .niengiam
BENCH ?=

program  := bin/niengiam
serve    := serve --workspace examples/angiang --data "$(DATA)" --addr "$(ADDR)" --load --welcome --log-level warn
engine   := node_modules/.package-lock.json
packages := web/node_modules/.package-lock.json
clients  := examples/clients/node_modules/.package-lock.json
page     := web/dist/site/index.html.gz
linter   := bin/golangci-lint
schema_linter := tools/graphql-lint/node_modules/.package-lock.json

# Folders are listed with their files: a folder is newer when a file in it was taken away.
go_sources  := go.mod go.sum $(shell find briefing cmd etl graph schema stats warehouse web \
	\( -name node_modules -o -path web/dist/site -o -path web/src -o -path web/graphiql -o -path web/tests -o -name testdata -o -name test-results \) -prune -o \
	! -path web ! -name '*_test.go' ! -name 'package*.json' -print)
web_sources := $(shell find web/src web/index.html web/dashboard web/graphiql web/jobs web/vite.config.ts web/tsconfig.json web/package.json)

# Go stamps no version control data, so that building asks nothing of git.
export GOFLAGS := $(strip $(GOFLAGS) -buildvcs=false)

.PHONY: help demo test setup setup-test build web generate check-generate lint lint-web lint-schema fmt test-go test-web test-clients bench picture clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-15s %s\n", $$1, $$2}' Makefile

demo: build ## set up, load the sample workspace, serve it on ADDR, print three answers
	@exec $(program) $(serve)

test: setup-test check-generate lint test-go test-web test-clients ## set up and run every check

setup: $(engine) $(packages) ## get the ClickHouse library and the page's packages from npm

setup-test: ## install what a bare Debian lacks for the tests: gcc, chromium
	@tools/machine

build: $(engine) $(program) ## build the page and the program

web: $(page) ## build the page alone

generate: $(packages) ## make graph/gen, web/src/gen and the bench's own server anew from the schemas
	go tool gqlgen generate
	npm --prefix web run --silent generate
	cd bench/bare && go tool gqlgen generate

check-generate: ## fail when generated code is not what the schemas make
	@echo "== generated code"
	@tools/check-generate

lint: $(linter) lint-web lint-schema ## vet and lint the Go code, the pages and the schema of the API
	@echo "== lint"
	$(linter) run

lint-web: $(packages) ## lint the TypeScript of the pages, import cycles included
	@echo "== lint of the pages"
	npm --prefix web run --silent lint

lint-schema: $(schema_linter) ## lint the schema of the API; exceptions are in tools/graphql-lint
	@echo "== lint of the schema"
	tools/graphql-lint/node_modules/.bin/eslint --max-warnings 0 --no-config-lookup --config tools/graphql-lint/eslint.config.mjs schema/graphql

fmt: $(linter) ## format the Go code
	$(linter) fmt

# Tests that reckon for long and do one thing at a time: the race detector has nothing to find
# in them and makes them four times as long. What is not named here runs under the detector.
reckoning := ^(TestIndependently|TestNoLinearCombinationGivesAWithheldCell|TestNoBoundGivesASmallCell)$$

test-go: $(engine) $(page) ## run the Go tests with the race detector, house rules and whole-program tests included
	@echo "== go test"
	CGO_ENABLED=1 go test -race -count=1 -p 2 -timeout 20m -skip '$(reckoning)' ./...
	CGO_ENABLED=0 go test -count=1 -p 2 -timeout 20m -run '$(reckoning)' ./warehouse ./stats/suppression

test-web: build ## open the pages of a running program in a real browser
	@echo "== browser tests"
	tools/with-niengiam npm --prefix web test

test-clients: build $(clients) ## ask a running program with clients from npm and curl
	@echo "== clients"
	tools/with-niengiam npm --prefix examples/clients test

bench: $(engine) $(page) ## measure what questions cost, on the sample, on ten million facts and on the units of another date: BENCH="-only sample"
	CGO_ENABLED=0 go build -trimpath -o bin/bench ./bench
	bin/bench $(BENCH)
	CGO_ENABLED=0 go test ./warehouse -run '^$$' -bench '^BenchmarkBasis$$' -benchtime 20x

picture: build ## draw docs/picture.png, the explorer with a figure and its change
	tools/with-niengiam node tools/picture.mjs docs/picture.png

clean: ## remove everything that make made, except the data in DATA
	rm -rf bin node_modules web/node_modules tools/graphql-lint/node_modules examples/clients/node_modules examples/clients/generated web/dist/site web/test-results

$(engine): package.json package-lock.json .npmrc
	npm ci
	@touch $@

$(packages): web/package.json web/package-lock.json web/.npmrc
	npm --prefix web ci
	@touch $@

$(clients): examples/clients/package.json examples/clients/package-lock.json examples/clients/.npmrc
	npm --prefix examples/clients ci
	@touch $@

$(schema_linter): tools/graphql-lint/package.json tools/graphql-lint/package-lock.json tools/graphql-lint/.npmrc
	npm --prefix tools/graphql-lint ci
	@touch $@

$(page): $(packages) $(web_sources)
	npm --prefix web run build
	@touch $@

# Without cgo the program needs no C compiler and no particular C library of its own.
$(program): $(go_sources) $(page)
	CGO_ENABLED=0 go build -trimpath -o $@ ./cmd/niengiam
	@touch $@

# The linter's dependencies are not the program's: it has a module of its own.
$(linter): tools/lint/go.mod tools/lint/go.sum
	cd tools/lint && CGO_ENABLED=0 go build -trimpath -o ../../$@ github.com/golangci/golangci-lint/v2/cmd/golangci-lint
	@touch $@
