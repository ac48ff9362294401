# make run · test · check · setup · bench · soak · shots · format · coverage · clean
#
# Each of them first builds .venv from requirements.lock, once; `make run PORT=9000 DEMO=1`, `make setup PYTHON=python3.12`.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

VENV  := .venv
READY := $(VENV)/.ready
PY    := $(VENV)/bin/python
PYTHON ?=

# What a user has set for other projects must not lead pip or Python astray in this one.
unexport PYTHONHOME PYTHONPATH PIP_PREFIX PIP_REQUIRE_HASHES PIP_TARGET VIRTUAL_ENV
export PIP_USER := 0
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PORT DEMO

SUPPORTED := import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))

# A folder that was moved or copied has a .venv that points to its old place: build it again.
ifneq ($(shell cat $(READY) 2>/dev/null),$(CURDIR))
.PHONY: $(READY)
endif

.PHONY: help run test check audit setup bench soak shots format coverage clean lint unit browser

help:
	@echo "make run       start Markscheme on http://127.0.0.1:8000 (PORT=9000 elsewhere, DEMO=1 with a demonstration class)"
	@echo "make test      every check and every test; make check: the fast part"
	@echo "make setup     build .venv alone; make clean: remove what was built (var/, with your data, stays)"
	@echo "make soak      kill the server a hundred times while fifty students write, and count what is gone (20 minutes)"
	@echo "make bench     speed and accuracy; make shots: the screenshots of the guide; make format; make coverage"

run: $(READY)
	@$(PY) -m web.cli run

test: lint
	@if [ "$$CI" = true ] && [ ! -x /usr/bin/chromium ]; then \
	  echo "The browser tests need chromium in /usr/bin/chromium. Debian: sudo apt install chromium" >&2; exit 1; fi
	$(PY) -m pytest -n auto --maxprocesses 4 --dist loadfile

check: lint audit
	$(PY) -m pytest -q -m "not browser and not slow"

audit: $(READY)
	@$(PY) -m tests.packaging.auditing

lint: $(READY)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check --quiet . || { echo "Some files are not formatted: run make format." >&2; exit 1; }
	$(PY) -m mypy
	@$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'

setup: $(READY)
	@echo "Ready: $$($(PY) --version) in $(VENV)."

bench: $(READY)
	$(PY) -m bench

soak: $(READY)
	$(PY) -m bench.soak

shots: $(READY)
	$(PY) -m tests.browser.shots

format: $(READY)
	$(PY) -m ruff check --fix-only --quiet .
	$(PY) -m ruff format .

coverage: $(READY)
	$(PY) -m coverage run -m pytest -q
	$(PY) -m coverage report

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml
	@python=; for each in $(or $(PYTHON),python3 python3.13 python3.12 python3.11 python3.14); do \
	  if "$$each" -c '$(SUPPORTED)' 2>/dev/null; then python=$$each; break; fi; done; \
	if [ -z "$$python" ]; then \
	  echo "Markscheme needs Python 3.11 or newer (up to 3.14), and none was found. Install it (Debian and Ubuntu: sudo apt install python3 python3-venv; otherwise python.org), or name it: make setup PYTHON=/path/to/python3" >&2; exit 1; fi; \
	if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
	  echo "$$python has no venv module. Debian and Ubuntu: sudo apt install python3-venv (or python3.X-venv for your version)." >&2; exit 1; fi; \
	if ! "$$python" -c 'import sqlite3, ssl' 2>/dev/null; then \
	  echo "$$python was built without SQLite or SSL. Use another one: make setup PYTHON=/path/to/python3" >&2; exit 1; fi; \
	echo "Setting up $(VENV) (first time: a minute or two) ..."; \
	if ! { $(PY) -m pip --version && $(PY) -c '$(SUPPORTED)'; } >/dev/null 2>&1; then \
	  "$$python" -m venv --clear $(VENV) || { echo "$(VENV) could not be made: is this folder writable?" >&2; exit 1; }; fi
	@$(PY) -m pip install -qq --no-input --require-hashes -r requirements.lock || { \
	  echo "The packages of requirements.lock could not be installed (see above). Check the network and the free disk space, then run make again." >&2; exit 1; }
	@$(PY) -m pip install -qq --no-input --no-deps --no-build-isolation --no-index -e .
	@printf '%s' '$(CURDIR)' > $@
