# `make` alone lists what there is. Each target installs what it needs first (.ci/setup).
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

# npm's sass and wasm-opt before the system's: Debian's wasm-opt (binaryen 108) breaks the browser's part.
export PATH := $(CURDIR)/end2end/node_modules/.bin:$(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(PATH)

# Where `make run` and `make dev` listen, and where they keep their data.
LISTEN ?= 127.0.0.1:3000
SANDBOX_LISTEN ?= 127.0.0.1:3002
DATA ?= data
DEMO = demo --listen $(LISTEN) --sandbox-listen $(SANDBOX_LISTEN) --data $(DATA)

.PHONY: help
help: ## List the targets
	@echo "Fanfare. Usage: make TARGET"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: setup
setup: ## Install everything that building, running and testing need
	@.ci/setup test

.PHONY: setup-run
setup-run:
	@.ci/setup run

.PHONY: run
run: setup-run ## Build and start Fanfare with simulated platforms, at http://127.0.0.1:3000
	cargo leptos build --release --split --precompress
	target/release/fanfare $(DEMO)

.PHONY: dev
dev: setup-run ## The same while you work: rebuilds and reloads the browser at every change
	cargo leptos watch --split -- $(DEMO)

.PHONY: build
build: setup-run ## Build the debug version to target/debug/fanfare
	cargo leptos build --split

.PHONY: release
release: setup-run ## Build the version to install, to target/release/fanfare
	cargo leptos build --release --split --precompress

.PHONY: test
test: setup ## All checks and tests: format, lints, licences, Rust, and the stories in a browser
	.ci/pg run .ci/test

.PHONY: test-rust
test-rust: setup ## The Rust tests alone; ARGS="-p storage" for one crate
	.ci/pg run cargo test $(ARGS)

.PHONY: stories
stories: setup build ## The stories in a browser alone; ARGS="composer" for some of them
	.ci/pg run npm run --silent --prefix end2end stories -- $(ARGS)

.PHONY: bench
bench: setup ## Measure the release build against its goals; writes target/bench/report.json
	cargo leptos build --release --split --precompress
	install -D target/release/fanfare target/bench/fanfare
	FANFARE_BIN=$(CURDIR)/target/bench/fanfare .ci/pg run cargo bench -p server --bench goals -- $(ARGS)

.PHONY: lint
lint: setup ## Format check, clippy for server and browser, licences, types of the stories
	cargo fmt --all --check
	cargo clippy --all-targets -- -D warnings
	cargo clippy --package frontend --target wasm32-unknown-unknown -- -D warnings
	cargo deny check --hide-inclusion-graph licenses bans sources
	npm run --silent --prefix end2end check

.PHONY: fmt
fmt: setup-run ## Format the Rust code
	cargo fmt --all

.PHONY: postgres
postgres: ## A throw-away PostgreSQL until Ctrl-D; prints its folder and address
	@.ci/pg hold

.PHONY: clean
clean: ## Remove everything that was built or installed into this folder
	rm -rf target end2end/node_modules end2end/test-results frontend/assets/charts
