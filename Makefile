# Needs: make, a POSIX shell and Python >= 3.11 with venv and pip. Choose the interpreter
# with PYTHON=...; otherwise tools/find-python takes the newest suitable one.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?=
PROFILE ?= quick
REPORTS ?= reports
JOBS ?= 2
PYTEST_ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
# The stamp is named after what the environment was made from, so it is stale exactly when the
# lock file, the project file or the folder has changed; file times play no part.
STAMP := $(VENV)/.made-from-$(shell { pwd; cat requirements.lock pyproject.toml 2>/dev/null; } | cksum | cut -d' ' -f1)

.PHONY: help env test verify report recheck bench lint lock clean

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 18

env: $(STAMP)  ## create .venv from requirements.lock, if it is missing or out of date

$(STAMP): | requirements.lock pyproject.toml
	rm -rf $(VENV)
	python=$$(PYTHON='$(PYTHON)' tools/find-python) && "$$python" -m venv $(VENV)
	$(PIP) install --quiet --no-deps --only-binary :all: -r requirements.lock
	$(PIP) install --quiet --no-deps --no-index --no-build-isolation -e .
	$(PIP) check
	touch $@

test: $(STAMP)  ## run the test suite (PYTEST_ARGS="-m 'not slow'")
	$(BIN)/python -m pytest $(PYTEST_ARGS)

verify: $(STAMP)  ## verify every registered claim and leave the report (PROFILE=quick, REPORTS=reports, JOBS=2)
	$(BIN)/verify run --profile $(PROFILE) --jobs $(JOBS) --out $(REPORTS)

report: $(STAMP)  ## render the existing ledger again
	$(BIN)/verify report $(REPORTS)/ledger.json --out $(REPORTS)

recheck: $(STAMP)  ## re-check every stored certificate with the bare standard library
	find $(REPORTS)/certificates -name '*.json' -exec $(BIN)/python -I -S verify/checker {} +

bench: $(STAMP)  ## run the benchmarks
	$(BIN)/python -m benchmarks

lint: $(STAMP)  ## check style with ruff
	$(BIN)/ruff check .

lock:  ## resolve the dependencies anew and write requirements.lock (needs the oldest supported Python)
	$(or $(PYTHON),python3.11) tools/lock.py

clean:  ## remove the environment and caches; reports stay
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
