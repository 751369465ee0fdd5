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
# make test-go PKG=./etl/... RUN=TestName
PKG   ?= ./...
# make fuzz FUZZ=30s
FUZZ  ?= 10m
RUN   ?=

program  := bin/niengiam
serve    := serve --workspace examples/angiang --data "$(DATA)" --addr "$(ADDR)" --load --welcome --log-level warn
engine   := node_modules/.package-lock.json
bare     := bin/bench-bare
peers    := bench/peers/node_modules/.package-lock.json
packages := web/node_modules/.package-lock.json
clients  := examples/clients/node_modules/.package-lock.json
page     := web/dist/site/index.html.gz
linter   := bin/golangci-lint
schema_linter := tools/graphql-lint/node_modules/.package-lock.json
scanner  := bin/govulncheck
packager := bin/nfpm
biller   := bin/cyclonedx-gomod

# Folders are listed with their files: a folder is newer when a file in it was taken away.
go_sources  := go.mod go.sum pages.go README.md README.vi.md $(shell find briefing cmd deploy docs etl gate graph metric schema stats warehouse web wholefile \
	\( -name node_modules -o -path web/dist/site -o -path web/src -o -path web/graphiql -o -path web/tests -o -name testdata -o -name test-results \) -prune -o \
	! -path web ! -name '*_test.go' ! -name 'package*.json' -print)
web_sources := $(shell find web/src web/index.html web/dashboard web/graphiql web/jobs web/vite.config.ts web/tsconfig.json web/package.json)

# Everything is compiled with the same flags, for what differs in one of them is compiled once
# more: the program, tests, linter and generators share what is built. Without cgo the program
# needs no C compiler and no particular C library of its own; the race detector alone has it.
# Go stamps no version control data, so that building asks nothing of git.
export CGO_ENABLED := 0
export GOFLAGS := $(strip $(GOFLAGS) -trimpath -buildvcs=false)

.PHONY: help demo check test test-all test-fuzz setup setup-test build web generate check-generate check-web lint lint-web lint-schema lint-deploy rooms vuln fmt fuzz fuzz-short test-lease test-go test-race test-web test-clients dist test-dist test-dist-all test-twice test-clean-root test-deploy bench bench-peers bench-profile bench-load soak-load picture clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-15s %s\n", $$1, $$2}' Makefile

demo: build ## set up, load the sample workspace, serve it on ADDR, print three answers
	@exec $(program) $(serve)

check: $(linter) $(packages) $(page) ## what to run between two edits: generated code, linters on what changed, fast tests, types of the pages
	@tools/check

# What the stages share is made first, for generated code must not change while others read it.
# Then two stages run at a time: they wait for engines, browsers and disks. Each is printed when it is over.
test: setup-test ## set up and run every check
	@$(MAKE) check-generate build $(bare)
	@$(MAKE) -j 2 -O test-all

# The readers are tried with a number of broken files and not for a time, because Go's fuzzer
# fails now and then where a short time ends.
test-all: test-go lint vuln test-web test-clients test-clean-root test-deploy test-fuzz

setup: $(engine) $(packages) ## get the ClickHouse library and the page's packages from npm

setup-test: ## install what a bare Debian lacks for the tests: gcc, a browser
	@tools/machine

build: $(engine) $(program) ## build the page and the program

web: $(page) ## build the page alone

generate: $(packages) ## make graph/gen and web/src/gen anew from the schemas, and the reference in docs
	go run ./graph/generate
	npm --prefix web run --silent generate
	go run ./docs/reference

check-generate: ## fail when generated code is not what the schemas make
	@echo "== generated code"
	@tools/check-generate

lint: $(linter) $(bare) lint-web lint-schema ## vet and lint the Go code, the pages and the schema of the API, and hold go.mod to what is imported
	@echo "== lint"
	go mod tidy -diff
	$(lazy) $(linter) run
	cd deploy/check && go mod tidy -diff
	cd bench/bare && go mod tidy -diff && $(lazy) ../../$(linter) run --allow-parallel-runners

lint-web: $(packages) ## lint the TypeScript of the pages, import cycles included
	@echo "== lint of the pages"
	npm --prefix web run --silent lint

lint-schema: $(schema_linter) ## lint the schema of the API; exceptions are in tools/graphql-lint
	@echo "== lint of the schema"
	tools/graphql-lint/node_modules/.bin/eslint --max-warnings 0 --no-config-lookup --config tools/graphql-lint/eslint.config.mjs schema/graphql

rooms: ## measure how the packages hang together: lines, loops of files, methods away from their type, exported names
	@go run ./tools/rooms

lint-deploy: $(linter) ## lint the tests of the container and the chart, too; before a version
	cd deploy/check && $(lazy) ../../$(linter) run --allow-parallel-runners

vuln: ## look for known vulnerabilities, where their database can be reached
	@echo "== known vulnerabilities"
	@tools/vuln

fmt: $(linter) ## format the Go code
	$(linter) fmt

# Engines make thousands of small files and wait for the disk with each: tests keep them in
# memory where there are four gigabytes of it. What Go builds stays where it was.
scratch := $(shell [ -w /dev/shm ] && [ "$$(df --output=avail /dev/shm | tail -n 1)" -gt 4000000 ] && echo /dev/shm || echo "$${TMPDIR:-/tmp}")
test-go test-race test-web test-clients soak-load: export GOTMPDIR := $(or $(TMPDIR),/tmp)
test-go test-race test-web test-clients soak-load: export TMPDIR := $(scratch)

# What starts goroutines of its own, or is asked by several at a time, runs under the race
# detector. Not so whole programs, for they are built without it; nor what computes for long
# and does one thing at a time, for it would take four times as long; of the scripts the
# engine runs those that use it as none before does. make test-race has all of it, under the
# detector.
racing    := ./stats/memory ./graph ./graph/kept ./etl ./etl/mapping ./warehouse/... ./briefing/delivery
computing := ^(TestIndependently|TestDistinctScripts|TestAgainstMemory|TestFaultPoints|TestLoadsInAnyOrder|TestMemoryOfLoads|TestWrongDeclarationsAreFound|TestRollUpsAgainstPostings|TestComparisonIsDraft)$$
# Vetted is by the linter, once and more than go test does by itself, not anew for each way to compile.
go_test   := go test -vet=off -count=1 -p 2 -parallel 3 -timeout 20m
# What keeps much in memory and is no program of ours spends half of its time on collecting
# garbage: up to some gigabytes it is left where it is.
lazy      := GOGC=400 GOMEMLIMIT=3GiB

test-go: $(engine) $(page) ## run the Go tests, house rules and whole-program tests included; or some: PKG=./etl/... RUN=Name
ifneq ($(PKG)$(RUN),./...)
	go test -count=1 -run '$(RUN)' $(PKG)
else
	@echo "== go test"
	$(go_test) $$(go list ./... | grep -vxFf <(go list $(racing)))
	$(lazy) $(go_test) -run '$(computing)' ./warehouse ./etl ./graph
	CGO_ENABLED=1 $(go_test) -race -skip '$(computing)|^TestScripts(OnRollUps)?$$' $(racing)
endif

test-race: $(engine) $(page) ## run all Go tests under the race detector; takes half an hour
	CGO_ENABLED=1 go test -race -count=1 -p 2 -timeout 60m ./...

test-lease: $(engine) ## two programs and a lease in ZooKeeper (apt-get install zookeeper, 37 s; the test takes half a minute)
	@echo "== leases"
	CGO_ENABLED=0 TMPDIR=/dev/shm GOTMPDIR=/tmp go test -tags keeper ./warehouse -run TestOneProgramHasTheLease -count=1

fuzz: ## try each reader of files with broken files, ten minutes each; FUZZ=30s for less
	@echo "== broken files"
	@tools/fuzz $(FUZZ)

test-fuzz: ## the same in seconds, 5,000 files each and one process at a time
	@echo "== some broken files"
	@tools/fuzz 5000x 1

fuzz-short: ## the same, half a minute each
	@$(MAKE) fuzz FUZZ=30s

check-web: $(packages) ## check the types of the pages
	npm --prefix web exec -- tsc --noEmit -p web

test-web: build ## open the pages of a running program in a real browser
	@echo "== browser tests"
	tools/with-niengiam npm --prefix web test

test-clients: build $(clients) ## ask a running program with clients from npm and curl
	@echo "== clients"
	tools/with-niengiam npm --prefix examples/clients test

dist: build $(packager) $(biller) ## build the archive, .deb and .rpm that people install, with their bill of materials, into dist/
	@echo "== packages"
	@deploy/dist

test-dist: test-clean-root ## try the packages in a clean Debian; as root

test-dist-all: test-twice test-clean-root ## also build them twice and compare

test-twice: dist ## build the packages once more and compare the bytes
	@echo "== packages, built twice"
	@deploy/twice

test-clean-root: dist ## install, use, upgrade from the package of the commit before (or BEFORE=COMMIT) and remove the packages in a clean Debian; as root
	@echo "== packages in a clean root"
	@deploy/before
	@PREVIOUS=$$(compgen -G 'dist/before/*.deb' || true) deploy/clean-root

# A module of its own: what tries Helm, Kubernetes and Compose is no part of the program. Its
# linting takes as long as its tests, so lint-deploy is for the day before a version.
test-deploy: build ## carry out the steps of the container without an engine for containers, check its Compose files and the Helm chart; as root
	@echo "== container and chart"
	cd deploy/check && go vet ./... && go test -vet=off -count=1 -timeout 15m

bench: $(engine) $(program) $(bare) ## measure what questions cost the users of a running program, beside other servers, and of the units of another date: BENCH="-keep DIR -only 11"
	go build -o bin/bench ./bench
	bin/bench $(BENCH)
	go test ./warehouse -run '^$$' -bench '^BenchmarkBasis$$' -benchtime 20x

bench-peers: $(engine) $(program) $(bare) $(peers) ## the same beside PostGraphile on PostgreSQL (apt-get install postgresql): BENCH="-keep DIR -postgres DIR"
	go build -o bin/bench ./bench
	bin/bench -peers $(BENCH)

# The program with a profiler, which no other build of it has: the file is put in when it is compiled.
bench-profile: $(engine) $(page) $(bare) ## write CPU profiles of the program under the questions of the bench to bin/profiles: BENCH="-keep DIR"
	bench/profile/build bin/niengiam-profiled
	go build -o bin/bench ./bench
	bin/bench -program bin/niengiam-profiled -profiles bin/profiles $(BENCH)

bench-load: $(engine) ## measure what the way of a row costs, beside the engine alone, on a million synthetic facts: BENCH="-rows 10e6"
	go build -o bin/bench-load ./bench/load
	bin/bench-load $(BENCH)

# What a load is killed with: kills, rows of a load and a seed, which the test prints.
SOAK ?= 200 100000
soak-load: $(engine) $(page) ## break loads at every stage, and kill two hundred of 100,000 rows at random moments: SOAK="KILLS ROWS SEED"
	NIENGIAM_SOAK="$(SOAK)" go test ./cmd/niengiam -vet=off -count=1 -v -timeout 6h -run '^(TestFaultsAtEachStage|TestKillsAtRandomMoments)$$'

picture: build ## draw the pictures of the README: docs/picture.png, a figure and its change, and docs/map.png
	tools/with-niengiam node tools/picture.mjs docs

clean: ## remove everything that make made, except the data in DATA
	rm -rf bin dist node_modules web/node_modules tools/graphql-lint/node_modules examples/clients/node_modules examples/clients/generated bench/bare/gen bench/peers/node_modules web/dist/site web/test-results

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

# The servers that the bench holds ours against; gqlgen makes their code first.
$(bare): bench/bare/build $(wildcard bench/bare/*.go bench/bare/*.graphqls bench/bare/*.yml bench/bare/sql/*.sql bench/bare/go.*) go.mod
	bench/bare/build $@
	@touch $@

$(peers): bench/peers/package.json bench/peers/package-lock.json bench/peers/.npmrc
	npm --prefix bench/peers ci
	@touch $@

$(program): $(go_sources) $(page)
	go build -o $@ ./cmd/niengiam
	@touch $@

# The dependencies of these are not the program's: they have a module of their own.
$(linter): tools/linter tools/lint/go.mod tools/lint/go.sum
	tools/linter
	@touch $@

$(scanner): tools/lint/go.mod tools/lint/go.sum
	cd tools/lint && go build -o ../../$@ golang.org/x/vuln/cmd/govulncheck
	@touch $@

# So have those of what makes the packages.
$(packager): tools/dist/go.mod tools/dist/go.sum
	cd tools/dist && go build -o ../../$@ github.com/goreleaser/nfpm/v2/cmd/nfpm
	@touch $@

$(biller): tools/dist/go.mod tools/dist/go.sum
	cd tools/dist && go build -o ../../$@ github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod
	@touch $@
