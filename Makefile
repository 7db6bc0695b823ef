# Every command of the house. `make` alone lists them.
#
# CARGO_TARGET_DIR moves what is built; PRATIQUE_TEST_DATA names the folder of shared test data; PORT moves the demo.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo web test test-tools test-data test-rust test-doc test-fuzz test-interop test-wechat test-browser \
        build-tests lint bench fuzz fmt clean test-all soak

PORT ?= 8080
FUZZ_SECONDS ?= 60
N ?= 60
TARGET := $(abspath $(or $(CARGO_TARGET_DIR),target))
# In CI a lock file that does not fit the manifests is an error; at the desk cargo mends it.
LOCKED := $(if $(CI),--locked)

# Data shared between repositories, where it is. Tests skip with a line of their own where it is not.
DATA := $(abspath $(or $(PRATIQUE_TEST_DATA),../shared/data))
ifneq ($(wildcard $(DATA)/.),)
export PRATIQUE_TEST_DATA := $(DATA)
endif

# The interoperability and browser tests drive this binary: the one that the Rust tests were built with.
export PRATIQUE_BIN ?= $(TARGET)/debug/pratique
# A snapshot that differs is a failed test, never a file written on the way.
export INSTA_UPDATE ?= no

say = @printf '\n== %s\n' "$(1)"

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## build, load a realistic day and serve it at 127.0.0.1:$PORT (8080); Ctrl-C stops it
	@scripts/demo-tools.sh
	@scripts/web.sh || echo "This binary will offer no camera at the checkpoint."
	$(call say,Building the release binary (minutes the first time))
	@cargo build --release $(LOCKED) -p pratique
	@exec "$(TARGET)/release/pratique" demo --listen 127.0.0.1:$(PORT)

web: ## fetch what the pages need that others wrote (the camera's decoder), to be built into the binary
	$(call say,What the pages fetch)
	@scripts/web.sh

test: test-tools test-data web lint build-tests test-rust test-doc test-fuzz test-interop test-wechat test-browser ## run every check that CI runs
	$(call say,Every check passed)

test-tools: ## install what the tests need, where it is missing: a browser, PostgreSQL, Python and Node packages
	$(call say,Tools for the tests)
	@scripts/test-tools.sh

test-data:
ifneq ($(wildcard $(DATA)/.),)
	@echo "shared test data: $(DATA)"
else
	@echo "shared test data: none at $(DATA); the tests over it are skipped, each with a line that says so"
endif

build-tests:
	$(call say,Building every crate with its tests (one profile, shared by all tests))
	@cargo build $(LOCKED) --workspace --all-targets

# Plain cargo test, one process a test binary: the store's suite starts one PostgreSQL and shares it between its tests, which
# a runner with a process a test would start for each.
test-rust: ## Rust tests: units, properties, stories on SQLite and PostgreSQL
	$(call say,Rust tests)
	@cargo test $(LOCKED) --workspace --exclude pratique-fuzz --lib --bins --tests

test-doc: ## examples in doc comments
	$(call say,Doc tests)
	@cargo test $(LOCKED) --workspace --doc

test-fuzz: ## a bounded run of every fuzz target, on the stable compiler
	$(call say,Bounded fuzzing: every decoder against seeds and random bytes)
	@cargo test $(LOCKED) -p pratique-fuzz --lib --tests

test-interop: ## independent implementations (Python) read what we write
	$(call say,Interoperability: independent implementations)
	@cargo test $(LOCKED) -p pratique-formats --test interop

test-wechat: ## the mini-program: types, package size, logic, pages, components; its story against the real binary
	$(call say,WeChat mini-program)
	@npm --prefix wechat --silent test </dev/null

test-browser: ## a real browser against the real binary
	$(call say,Browser tests)
	@scripts/browser.sh

lint: ## format, clippy, shell syntax, the house's own checks (xtask tidy), licences
	$(call say,Lint: format)
	@cargo fmt --all --check
	$(call say,Lint: shell and scripts)
	@for file in .ci/run scripts/*.sh; do bash -n "$$file"; done
	@for file in tests/e2e/*.mjs wechat/build/*.mjs web/*.mjs crates/app/assets/*.js; do node --check "$$file"; done
	$(call say,Lint: walls sizes and dead files)
	@cargo run --quiet $(LOCKED) -p xtask -- tidy
	$(call say,Lint: clippy)
	@cargo clippy $(LOCKED) --workspace --all-targets -- -D warnings
	$(call say,Lint: licences and sources of dependencies)
	@if cargo deny --version >/dev/null 2>&1; then \
	  cargo deny --all-features check licenses bans sources; \
	else \
	  echo "skipped: cargo-deny is not installed (cargo install cargo-deny; it builds for minutes)"; \
	fi

# The product first and by itself, as `make demo` builds it; then what measures it. ONLY=store,http,million,pass runs some parts,
# BENCH_QUICK=1 a short round of them; a whole run alone writes the report.
bench: ## measure everything beside the bare thing, print one table, write bench/REPORT.md (docs/BENCH.md)
	$(call say,Bench: building the product and what measures it)
	@cargo build --release $(LOCKED) -p pratique
	@cargo build --release $(LOCKED) -p pratique-bench
	$(call say,Bench: the measurements (about 25 minutes; more the first time))
	@PRATIQUE_BIN="$(TARGET)/release/pratique" BENCH_FOLDER="$(TARGET)/bench" ONLY="$(ONLY)" \
	  "$(TARGET)/release/pratique-bench"

soak: ## kill the server and PostgreSQL under load N (60) times on each engine; goes on where it stopped the last time
	@PRATIQUE_SOAK_KILLS=$(N) PRATIQUE_SOAK_FOLDER="$(TARGET)/soak" \
	  cargo test $(LOCKED) -p pratique --test crash -- --ignored --nocapture soak

fuzz: ## fuzz each decoder for FUZZ_SECONDS (60), with coverage; installs cargo-fuzz if missing
	@FUZZ_SECONDS=$(FUZZ_SECONDS) scripts/fuzz.sh

test-all: export PRATIQUE_LOOKS := all
test-all: test ## the same, and every page in every combination of language, width and colours

fmt: ## format the Rust code
	@cargo fmt --all

clean: ## remove what was built and the tests' tools
	@cargo clean
	@rm -rf .venv tests/e2e/node_modules web/node_modules crates/app/assets/built wechat/node_modules wechat/dist wechat/src/generated
