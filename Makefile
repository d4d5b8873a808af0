# Two commands: `make practice` to try it, `make test` to check it.
# Everything lives in .venv in this checkout; nothing is installed outside of it.
PYTHON ?= python3
PORT ?= 8420
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help install practice test browser chaos lint lock pictures clean

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

install:  ## set up .venv with everything that the lock file holds; quick where nothing has changed
	@$(PYTHON) .ci/install.py all

practice:  ## a practice workspace with the bot in it, in your browser; sets up what running needs and no more
	@$(PYTHON) .ci/install.py run
	@$(BIN)/warroom practice --port $(PORT)

test: install  ## all tests
	$(BIN)/python -m pytest -n 2 -m "not browser and not chaos and not fresh" --cov --cov-report=

browser: install  ## the page, in a real Chromium
	$(BIN)/python -m pytest -m browser

chaos: install  ## kill the bot in the middle of its work; WARROOM_KILLS=300 for a whole night's worth
	$(BIN)/python -m pytest -n 2 -m chaos

fresh: install  ## what a fresh machine does: set up from the package registries, build the image and run it (root, Debian)
	$(BIN)/python -m pytest -m fresh --durations=0

lint: install  ## formatter, linter, type checker, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

COMPILE := $(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet

lock: install  ## compile the lock files anew for every supported Python: all that is needed here, and what the image needs
	$(COMPILE) --extra dev --output-file requirements.lock $(LOCK_FLAGS)
	$(COMPILE) --extra image --constraint requirements.lock --output-file requirements-run.lock $(LOCK_FLAGS)

pictures: install  ## the README's pictures, taken from a real incident in a real browser
	$(BIN)/python -m tests.pictures

clean:  ## remove what the commands above made
	rm -rf $(VENV) dist .coverage* .mypy_cache .ruff_cache .pytest_cache practice-*.db*
