# `make practice` to try it, `make quick` while you work, `make test` before a pull request.
# ARGS is passed to the tool: make test ARGS="tests/incident -k snooze".
# Everything lives in .venv in this checkout; nothing is installed outside of it.
PYTHON ?= python3
PORT ?= 8420
VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest
PURE = $(shell find tests -type d '(' -name domain -o -name commands -o -name views ')')

.PHONY: help install practice quick test browser chaos fresh bench fix types lint lock pictures clean

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

install:  ## set up .venv with everything in the lock file; quick if nothing has changed
	@$(PYTHON) .ci/install.py all

practice:  ## a practice workspace with the bot in it, in your browser; installs only what the bot needs to run
	@$(PYTHON) .ci/install.py run
	@$(BIN)/warroom practice --port $(PORT) $(ARGS)

quick: install  ## the tests of domain, commands and views, without property tests and servers: seconds
	@# One process: most of the time is importing, and each worker would import everything again.
	$(PYTEST) -q --database sqlite -m "not hypothesis and not browser" $(PURE) $(ARGS)

test: install  ## all tests except browser, chaos and fresh; ARGS="--database sqlite" for one database
	$(PYTEST) -n 2 --cov --cov-report= $(ARGS)

browser: install  ## the page, in a real Chromium
	$(PYTEST) -n 2 -m browser $(ARGS)

chaos: install  ## kill the bot while it works; WARROOM_KILLS=300 for a long run
	$(PYTEST) -n 2 -m chaos $(ARGS)

fresh: install  ## on a fresh machine: install from the package registries, build the image and run it (root, Debian)
	$(PYTEST) -m fresh --durations=0 $(ARGS)

bench: install  ## the benchmarks, about ten minutes; ARGS="declare --json" for one (docs/benchmarks.md)
	$(BIN)/python -m tests.bench $(or $(ARGS),all)

fix: install  ## format, and fix what the linter can fix by itself
	$(BIN)/ruff check --fix --exit-zero $(ARGS)
	$(BIN)/ruff format $(ARGS)

types: install  ## the type checker
	$(BIN)/mypy $(ARGS)

lint: install  ## formatter, linter, type checker, import contracts; ARGS are paths
	$(BIN)/ruff format --check $(ARGS)
	$(BIN)/ruff check $(ARGS)
	$(BIN)/mypy $(ARGS)
	$(BIN)/lint-imports

COMPILE := $(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet

lock: install  ## compile the lock files again for every supported Python; ARGS=--upgrade takes the newest releases
	$(COMPILE) --extra dev --output-file requirements.lock $(ARGS)
	$(COMPILE) --extra image --constraint requirements.lock --output-file requirements-run.lock $(ARGS)

pictures: install  ## the README's pictures, taken from a real incident in a real browser
	$(BIN)/python -m tests.pictures

clean:  ## remove what the targets above created
	rm -rf $(VENV) dist .coverage* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis practice-*.db*
