# PloneGov: `make start` serves the demo municipality, `make test` checks everything.
SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?= python3
PORT ?= 8080
PLONEGOV_HOME ?= var/instance
BIN := .venv/bin

COMMANDS_PAGE := $(BIN)/typer plonegov.municipalities.cli utils docs --name plonegov --title Commands

# --- install and start ---------------------------------------------------------------
# uv installs in seconds what pip installs in minutes; the one on PATH is used if any.
UV_PIN := uv==0.13.9
UV = $(or $(shell command -v uv),$(BIN)/uv)
DEMO := seneffe
export PLONEGOV_HOME PLONEGOV_DEMO_PASSWORD

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Python 3.11 or newer is needed: make $(MAKECMDGOALS) PYTHON=python3.11" >&2; exit 1; }
	$(PYTHON) -m venv .venv

# Two levels: what serving needs, and the tools of the tests on top of it.
.venv/.installed-start: setup.py constraints.txt | packages-start $(BIN)/python
	@[ -x "$(UV)" ] || $(BIN)/python -m pip install --quiet --disable-pip-version-check $(UV_PIN)
	$(UV) pip install --quiet --python $(BIN)/python -c constraints.txt -e .
	@touch $@

.venv/.installed-test: .venv/.installed-start
	$(UV) pip install --quiet --python $(BIN)/python -c constraints.txt -e '.[test]'
	@touch $@

.PHONY: install
install: packages-start .venv/.installed-test  ## Create .venv with the suite, its pins and the test tools

.PHONY: start
start: packages-start .venv/.installed-start  ## Set up all, make the demo municipality once, serve it
	@[ -e $(PLONEGOV_HOME)/etc/zope.conf ] || $(BIN)/plonegov instance create --port $(PORT)
	@$(BIN)/plonegov municipality apply $(DEMO) --demo
	@echo "Starting http://localhost:$(PORT)/$(DEMO) (Ctrl-C stops it)"
	@exec $(BIN)/plonegov serve --port $(PORT)

.PHONY: buildout
buildout: install  ## Make bin/instance, bin/plonegov and bin/test with zc.buildout
	$(BIN)/buildout

# --- end of install and start --------------------------------------------------------

.PHONY: packages-start packages-test
packages-start packages-test: packages-%:
	@.ci/packages $*

.PHONY: test
test: packages-test install  ## Run lint and all tests (one folder: make test FOLDERS=unit)
	@$(BIN)/python tests/run.py $(FOLDERS)

.PHONY: lint
lint: install  ## Check style, import rules, news, translations and generated pages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/zpretty --check src profiles
	$(BIN)/lint-imports --no-cache --no-logo
	$(BIN)/towncrier build --draft --version lint >/dev/null
	$(BIN)/python -m plonegov.core.locales.update --check
	@mkdir -p var && $(COMMANDS_PAGE) --output var/commands.md >/dev/null
	diff -u docs/reference/commands.md var/commands.md

.PHONY: i18n
i18n: install  ## Extract the texts, bring the translations in line, say what is missing
	$(BIN)/python -m plonegov.core.locales.update

.PHONY: docs
docs: install  ## Write the generated reference pages and check all links
	$(COMMANDS_PAGE) --output docs/reference/commands.md
	$(BIN)/python tests/versions.py
	PLONEGOV_WRITE_DOCS=1 $(BIN)/pytest -q tests/unit/ordering/test_ordering_workflow_truth.py \
	    tests/unit/deliberations/test_deliberations_workflows.py
	$(BIN)/pytest -q tests/unit/test_house_docs.py

.PHONY: bench
bench: packages-test install  ## Measure beside plain Plone; writes docs/reference/benchmarks.md
	$(BIN)/python -m tests.bench

.PHONY: help
help:  ## List these targets
	@grep -hE '^[a-z0-9-]+:.*  ## ' $(MAKEFILE_LIST) | sed 's/:.*  ## /\t/' | expand -t 12
	@echo "Variables: PORT=$(PORT) PLONEGOV_HOME=$(PLONEGOV_HOME) PLONEGOV_DEMO_PASSWORD PYTHON=$(PYTHON)"
