# The five things one does with a clone. Everything is installed into .venv, on first use and when pyproject.toml changes.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
CORE := monitor/domain/*,monitor/parsing/*,monitor/sources/*,monitor/jobs/*
TESTED := $(shell find monitor tests migrations -type f -not -name '*.pyc' 2>/dev/null) pyproject.toml

.PHONY: help run test check lint coverage bench demo clean
.NOTPARALLEL:

help:
	@echo 'make run      upgrade the database and start the daemon (Ctrl-C stops it)'
	@echo 'make demo     one retirement from announcement to last reminder, in seconds'
	@echo 'make test     the tests (ARGS="-k name" for some of them)'
	@echo 'make check    lint, types, layers, tests and the coverage of the core'
	@echo 'make bench    ratios against a baseline'

# The daemon gets the terminal to itself: make would turn its clean stop on Ctrl-C into an error.
run: .venv/.installed
	@$(BIN)/modelwatch db upgrade
	@exec $(BIN)/python deploy/foreground.py $(BIN)/modelwatch run $(ARGS)

demo: .venv/.installed
	@exec $(BIN)/python deploy/foreground.py $(BIN)/modelwatch demo $(ARGS)

# A whole, green run leaves its coverage and a stamp, so that `make test check` runs the tests once.
test: .venv/.installed-dev
ifdef ARGS
	$(BIN)/pytest $(ARGS)
else
	@rm -f .venv/.tested
	$(BIN)/pytest --numprocesses=auto --dist=worksteal --cov --cov-report=
	@touch .venv/.tested
endif

check: lint coverage

lint: .venv/.installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

coverage: .venv/.tested
	$(BIN)/coverage report
	$(BIN)/coverage report --include='$(CORE)' --fail-under=100 --precision=2

.venv/.tested: $(TESTED)
	@$(MAKE) --no-print-directory test ARGS=

bench: .venv/.installed-dev
	@for script in bench/*.py; do echo "$$script"; $(BIN)/python "$$script" || exit 1; done

clean:
	rm -rf .venv build dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("modelwatch needs Python 3.11 or later (make PYTHON=…)")'
	$(PYTHON) -m venv .venv

.venv/.installed: pyproject.toml | .venv/bin/python
	$(PIP) --editable .
	@touch $@

.venv/.installed-dev: pyproject.toml | .venv/bin/python
	$(PIP) --editable '.[dev]'
	@touch $@ .venv/.installed
