SHELL := /bin/bash
PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
PIP_COMPILE := $(BIN)/pip-compile -q --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

.PHONY: run test test-slow test-postgres bench audit check format pins clean

run: .venv/run ## Serve the site with its demo on http://127.0.0.1:$(PORT)/
	@$(MANAGE) run_demo --port $(PORT)

test: .venv/dev ## Run the suite, without what needs a browser or long
	@$(BIN)/pytest -n 2 -m "not slow and not browser" $(ARGS)

test-slow: .venv/dev ## The rest: in a browser where a Chromium is found, under load, against a fuzzer
	@$(BIN)/pytest -n 2 -m "slow or browser" $(ARGS)

test-postgres: export DATABASE_URL ?= postgres://imprimatur:imprimatur@127.0.0.1:5432/postgres
test-postgres: .venv/dev ## Both on PostgreSQL, less the browser, with the races that need it
	@$(BIN)/pytest -n 2 -m "not browser" --dist loadgroup $(ARGS)

check: .venv/dev ## Lint, format, system checks, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djhtml --check templates
	$(MANAGE) check --fail-level WARNING
	$(MANAGE) makemigrations --check --dry-run

format: .venv/dev ## Put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djhtml templates

pins: .venv/dev ## Compile requirements*.txt from requirements*.in
	$(PIP_COMPILE) requirements.in
	$(PIP_COMPILE) --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Imprimatur needs Python 3.11 or newer. Try: make run PYTHON=python3.12")'
	@$(PYTHON) -m venv .venv

.venv/run: requirements.txt | .venv/bin/python
	@echo "Installing what the site runs on (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt .venv/run
	@echo "Installing what the tests need (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

clean: ## Remove the environment, the local database and the media
	rm -rf .venv db.sqlite3* media staticfiles

audit: .venv/dev tests/audit/node_modules ## Lighthouse, pa11y and the weight of the demo's pages, served as in production
	@$(BIN)/python -m tests.audit

tests/audit/node_modules: export PUPPETEER_SKIP_DOWNLOAD = 1
tests/audit/node_modules: tests/audit/package-lock.json
	@echo "Installing what the audit needs (once) ..."
	@cd $(@D) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

bench: .venv/dev ## What the gate costs and what readers get, as ratios in one run; BENCH=all for 10,000 articles, BENCH=quick to try it
	-@.ci/wrk
	@$(BIN)/python -m tests.bench
