# Chairside: what a developer types. Each goal installs what it needs (Debian 12, Swift 6.3).
SHELL := /bin/bash
BUILD := swift build
SPEED ?= 1
PORT ?= 8080
SECONDS ?= 600

.PHONY: setup demo test quick web e2e bench fuzz soak mutants lint format clean

setup: ## apt packages and the Python tools of the tests
	@scripts/setup

demo: ## a simulated clinic: real daemon, real ptys, six chairs
	@CHAIRSIDE_SETUP=build scripts/setup
	@$(BUILD) --product chairside
	@.build/debug/chairside demo --port $(PORT) --speed $(SPEED)

test: setup ## everything that CI runs
	@scripts/test

quick: ## the pure rooms only: seconds, no packages
	@PURE=1 swift test --scratch-path .build/pure

bench: setup ## figures in release mode, beside plain C; writes docs/benchmarks.md
	@Benchmarks/run

fuzz: ## coverage-guided: libFuzzer against drivers, HL7, recordings; SECONDS=60 TARGETS="hl7 wire"
	@Fuzz/run $(SECONDS) $(TARGETS)

soak: ## many seeds of every property, for minutes; kills, faults of the disk and pulled plugs by the hundred
	@scripts/long

mutants: ## every comparison, delay and priority of the rule tables flipped once: do tests notice?
	@scripts/mutants

lint: ## what the formatter and the shell checker say
	@swift format lint --strict -r Package.swift Sources Tests Benchmarks Fuzz

format:
	@swift format -i -r Package.swift Sources Tests Benchmarks Fuzz

clean:
	@rm -rf .build
