# PloneGov: `make start` serves the demo municipality, `make test` checks everything.
SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?= python3
PORT ?= 8080
PLONEGOV_HOME ?= var/instance
BIN := .venv/bin

# --- install and start ---------------------------------------------------------------
# --- end of install and start --------------------------------------------------------

.PHONY: packages-test
packages-test:
	@.ci/packages test

.PHONY: test
test: packages-test install  ## Run lint and all tests (one folder: make test FOLDERS=unit)
	@$(BIN)/python tests/run.py $(FOLDERS)

.PHONY: lint
lint: install  ## Check style, import rules, news fragments and translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/zpretty --check src profiles
	$(BIN)/lint-imports --no-cache --no-logo
	$(BIN)/towncrier build --draft --version lint >/dev/null
	$(BIN)/python -m plonegov.core.locales.update --check

.PHONY: i18n
i18n: install  ## Extract the texts, bring the translations in line, say what is missing
	$(BIN)/python -m plonegov.core.locales.update

.PHONY: docs
docs: install  ## Write the generated reference pages and check all links
	$(BIN)/python docs/generate.py
	$(BIN)/pytest -q tests/unit/test_house_docs.py

.PHONY: bench
bench: packages-test install  ## Measure beside plain Plone; writes docs/reference/benchmarks.md
	$(BIN)/python -m tests.bench

.PHONY: help
help:  ## List these targets
	@grep -hE '^[a-z0-9-]+:.*  ## ' $(MAKEFILE_LIST) | sed 's/:.*  ## /\t/' | expand -t 12
	@echo "Variables: PORT=$(PORT) PLONEGOV_HOME=$(PLONEGOV_HOME) PLONEGOV_DEMO_PASSWORD PYTHON=$(PYTHON)"
