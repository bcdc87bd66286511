# The two commands of the README are `make site` and `make test`; `make help` lists all.

SHELL := /bin/bash
PACKAGES := pkg-config libcmark-gfm-dev libcmark-gfm-extensions-dev libyaml-dev zlib1g-dev libpng-dev duktape-dev \
            libjs-katex dataset-fashion-mnist
SITE ?= site
SCREENSHOTS ?= screenshots
WALKTHROUGH := .build/release/walkthrough

.PHONY: help bench reproduce site test test-browser test-html test-markup screenshots setup build lint format check \
        site-check site-check-quick reproducibility embedded clean

help: ## List the targets.
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

setup: ## Install the Debian packages that are missing.
	@scripts/setup $(PACKAGES)

build: setup ## Build the command and the library that lessons import.
	@swift build -c release --product walkthrough
	@swift build -c release --product LessonKit

site: build ## Render every lesson into site/.
	@$(WALKTHROUGH) build --site $(SITE)

test: setup ## Run the whole test suite.
	@swift build
	@swift test

# These tools take SITE=folder to look at another site than the committed one.
BROWSER = WALKTHROUGH_BROWSER="$$(command -v chromium)" WALKTHROUGH_SITE="$(abspath $(SITE))"

test-browser: setup ## Check every page of the site in Chromium.
	@scripts/setup-browser
	@$(BROWSER) swift test --filter BrowserTests

test-markup: setup ## Check the pages' HTML alone.
	@scripts/setup-browser
	@$(BROWSER) WALKTHROUGH_QUICK=yes swift test --filter markupIsValid

test-html: setup ## Check the pages' HTML and accessibility: the fast part of test-browser.
	@scripts/setup-browser
	@$(BROWSER) WALKTHROUGH_QUICK=yes swift test --filter 'markupIsValid|axeFindsNothing'

screenshots: setup ## Take pictures of every page into screenshots/, for people to look at.
	@scripts/setup-browser
	@$(BROWSER) WALKTHROUGH_SCREENSHOTS="$(abspath $(SCREENSHOTS))" swift test --filter BrowserTests.ScreenshotTests

bench: setup ## Time whole training tasks here, in PyTorch and in JAX in turn; BENCH="--tasks ae --rounds 5" chooses.
	@scripts/setup-peers
	@cd Benchmarks && swift build -c release
	@Benchmarks/compare.py $(BENCH)

PROTOCOLS ?= search points stacked forgetting labels images

reproduce: setup ## Run papers' protocols where rows are missing, and rewrite their tables; REPRODUCE=--verify runs all.
	@cd Benchmarks && swift build -c release --product reproduce
	@cd Benchmarks && for protocol in $(PROTOCOLS); do .build/release/reproduce $$protocol $(REPRODUCE) || exit 1; done
	@cd Benchmarks && .build/release/reproduce table --into Reproduction.md

lint: ## Check the format of the Swift sources and of the lessons' cells.
	@swift format lint --strict --recursive --parallel Package.swift Sources Tests Embedded Benchmarks/Sources
	@scripts/format-lessons --lint lessons/*.md

format: ## Format the Swift sources and the lessons' cells.
	@swift format --in-place --recursive --parallel Package.swift Sources Tests Embedded Benchmarks/Sources
	@scripts/format-lessons lessons/*.md

site-check: build ## Rebuild the site from nothing, with all cores and with one thread, and compare it with the committed one.
	@scripts/check-site $(WALKTHROUGH)

site-check-quick: build ## Rebuild once: quick lessons with one thread each, long ones with all cores; compare with the committed site.
	@scripts/check-site $(WALKTHROUGH) --quick

reproducibility: setup ## Train on builds for several CPUs and compare every bit with the expected ones.
	@scripts/check-reproducibility

embedded: ## Train in WebAssembly and compare every bit with the expected ones.
	@scripts/check-embedded

check: test lint site-check test-html reproducibility embedded ## All that must hold before a change lands.

clean: ## Remove what was built; the site stays.
	@rm -rf .build .walkthrough
