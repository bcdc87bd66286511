# The two commands of the README are `make site` and `make test`; `make help` lists all.

SHELL := /bin/bash
PACKAGES := libcmark-gfm-dev libcmark-gfm-extensions-dev libyaml-dev zlib1g-dev libpng-dev duktape-dev \
            libjs-katex dataset-fashion-mnist
SITE ?= site
WALKTHROUGH := .build/release/walkthrough

.PHONY: help site test setup build lint format check site-check clean

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

lint: ## Check the format of the Swift sources.
	@swift format lint --strict --recursive --parallel Package.swift Sources Tests

format: ## Format the Swift sources.
	@swift format --in-place --recursive --parallel Package.swift Sources Tests

site-check: build ## Rebuild the site from nothing, with all cores and with one thread, and compare it with the committed one.
	@scripts/check-site $(WALKTHROUGH)

check: test lint site-check ## All that must hold before a change lands.

clean: ## Remove what was built; the site stays.
	@rm -rf .build .walkthrough
