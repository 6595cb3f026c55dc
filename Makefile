# `make` alone says what there is. Every target makes the virtual environment it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check
# Every file that is fetched has one of the hashes in the list; the project itself is fetched from nowhere.
ITSELF := $(PIP) --no-deps --no-build-isolation -e .
LOCK := build/lock/bin/uv pip compile pyproject.toml build-requirements.txt --quiet --universal \
	--python-version 3.11 --generate-hashes --no-header --no-annotate
PORT ?= 8081
JOBS ?= 3

# Without its bytecode, everything that starts would read the sources anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install demo test test-busy torture soak bench eval check pictures lock clean

help: ## What there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(RUNTIME) ## What the bot needs, and nothing for tests

demo: $(RUNTIME) ## The bot, a Telegram of its own and a small club; prints the address to open
	@$(BIN)/python -m bot demo --port $(PORT)

test: $(DEV) ## All tests, on SQLite and PostgreSQL, but for the long runs
	@command -v "$${CHROMIUM:-chromium}" >/dev/null || \
		echo "No Chromium on this machine: tests/browser is left out (apt install chromium)."
	@$(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal -m "not torture and not soak and not bench"

test-busy: $(DEV) ## All tests beside four busy processes: a slow run, and green all the same
	@for n in 1 2 3 4; do while kill -0 $$$$ 2>/dev/null; do :; done & done; \
		$(MAKE) --no-print-directory test

# What was found comes again with `make torture SEED=…`, and by the blob that stands under the find.
torture: $(DEV) ## The long runs: crashes and faults over and over, and new examples for every property
	@seed=$${SEED:-$$($(BIN)/python -c 'import secrets; print(secrets.randbelow(2**32))')}; \
	echo "Examples of this run: make torture SEED=$$seed"; \
	$(BIN)/python -m pytest -q -m "torture or hypothesis" \
		--hypothesis-profile exploring --hypothesis-seed $$seed

soak: $(DEV) ## Ten minutes of fifty members and two officers, faults and kills
	@$(BIN)/python -m pytest -q -s -m soak

bench: $(DEV) ## How fast it is; ONLY=part for one of them. The figures are in build/bench.json
	@$(BIN)/python -m pytest -q -m bench $(if $(ONLY),-k $(ONLY))

eval: $(DEV) ## How well posts are recognised, on the data beside this checkout
	@$(BIN)/python -m tests.eval

check: $(DEV) ## Style, types, and which layer may import which
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

pictures: $(DEV) ## The README's pictures, taken of the real page
	@$(BIN)/python -m tests.browser.readme_pictures

lock: ## Writes the lists of versions and hashes anew, keeping the versions that still fit; needs a network
	@$(PYTHON) -m venv build/lock
	@build/lock/bin/python -m pip install -qq --disable-pip-version-check uv==0.13.9
	@$(LOCK) --extra reader -o constraints.txt
	@$(LOCK) --extra reader --extra dev -c constraints.txt -o constraints-dev.txt

clean: ## Takes the virtual environment and all caches away
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed. Name another one with: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ echo "Python’s venv is missing. On Debian or Ubuntu: sudo apt install python3-venv"; exit 1; }

# Two stamps, so that the demo installs no test packages.
$(RUNTIME): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing what the bot needs (once) …"
	@$(PIP) --require-hashes -r constraints.txt
	@$(ITSELF)
	@touch $@

$(DEV): pyproject.toml constraints-dev.txt | $(BIN)/python
	@echo "Installing what the tests need (once) …"
	@$(PIP) --require-hashes -r constraints-dev.txt
	@$(ITSELF)
	@touch $(RUNTIME) $@
