# Needs make and python3 (3.11 or later), and nothing else.
#
#   make serve                    the service, on a PostgreSQL of its own, at port 8000
#   make serve PORT=8123 DATA=/some/folder
#   make test                     every test
#   make test ARGS="-k ledger"    some tests
#   make fuzz                     thousands of random sequences of commands and misfortunes; SEQUENCES=5000 for more
#   make asof-property            what is asked as of then, against a fresh replay; POSITIONS=50 for more
#   make flips                    ten thousand changed bits before either checker; FLIPS=500 for fewer
#   make check                    form, types, arrows between the rooms, house rules
#   make bench                    the ratios that docs promise
#   make lock                     requirements.lock anew from pyproject.toml (needs uv)
#   make lock UPGRADE=--upgrade   the same, with the newest versions
#   make clean                    forget the installation and the caches; DATA stays

PYTHON ?= python3
PORT ?= 8000
SEQUENCES ?= 1000
FLIPS ?= 10000
POSITIONS ?= 10
BIN := .venv/bin
INSTALLED := .venv/.installed
UV ?= uv
LOCK := $(UV) pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-emit-index-url $(UPGRADE)

.DEFAULT_GOAL := help
.PHONY: help serve test fuzz asof-property flips check form types arrows house bench lock clean

help:
	@sed -n '/^#   make/s/^#   //p' Makefile

serve: $(INSTALLED)
	@exec $(BIN)/kringboek serve --port "$(PORT)" $(if $(DATA),--data "$(DATA)")

# Tests start dozens of processes; without bytecode each of them would compile the whole house anew.
test: export PYTHONDONTWRITEBYTECODE :=
test: $(INSTALLED)
	@$(BIN)/python -m pytest $(ARGS)

fuzz: $(INSTALLED)
	@KRINGBOEK_FUZZ=$(SEQUENCES) $(BIN)/python -m pytest \
	  --timeout 3600 $$(grep -rl --include="test_*.py" "KRINGBOEK_FUZZ\|tests.thoroughness import" tests) $(ARGS)

asof-property: $(INSTALLED)
	@KRINGBOEK_ASOF=$(POSITIONS) $(BIN)/python -m pytest tests/api/test_as_of.py $(ARGS)

flips: $(INSTALLED)
	@KRINGBOEK_FLIPS=$(FLIPS) $(BIN)/python -m pytest --timeout 1800 -n 2 -rP \
	  tests/verifier/test_flips.py tests/infrastructure/test_flips.py $(ARGS)

check: form types arrows house

form: $(INSTALLED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(INSTALLED)
	$(BIN)/mypy
	@folder=$$(mktemp -d) && trap 'rm -r "$$folder"' EXIT && \
	  $(BIN)/python -m verifier.one_file > "$$folder/kringboek_verify.py" && \
	  $(BIN)/mypy "$$folder/kringboek_verify.py"

arrows: $(INSTALLED)
	$(BIN)/lint-imports

house: $(INSTALLED)
	$(BIN)/python -m pytest -q -n 0 tests/house

bench: $(INSTALLED)
	@$(BIN)/python -m benchmarks $(ARGS)

lock:
	@command -v $(UV) >/dev/null || { echo "make lock needs uv; see CONTRIBUTING.md" >&2; exit 1; }
	$(LOCK) --extra dev --extra build --output-file requirements.lock
	$(LOCK) --extra build --constraint requirements.lock --output-file requirements-serve.lock

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamp is the last thing written and the first thing removed, so an installation without it was
# interrupted, and is begun again from nothing: a half-written package cannot be told from a whole one.
$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Kringboek needs Python 3.11 or later, and $(PYTHON) is $$($(PYTHON) --version 2>&1)." >&2; \
	  echo "Install one and say which: make PYTHON=python3.12 ..." >&2; exit 1; }
	@test -e $@ || rm -rf .venv
	@rm -f $@
	@echo "Installing once into .venv; this takes about half a minute ..."
	@$(PYTHON) -m venv .venv || { \
	  echo "This Python cannot make a virtual environment; on Debian and Ubuntu: apt install python3-venv" >&2; \
	  exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input \
	  --require-hashes --only-binary :all: -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input \
	  --no-deps --no-build-isolation --editable .
	@touch $@
