# Backchannel: what a developer does every day. `make` alone lists the targets.
# To use a Python of your own: make setup PYTHON=/path/to/python

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup app demo docs test howto check format golden bench notebooks pictures pins clean

VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
PIP    := -m pip --disable-pip-version-check --no-input
PYTHON ?=

# Shell: print the first Python of at least 3.12, or fail with one line.
FIND_PYTHON = for python in $(or $(PYTHON),python3.12 python3.13 python3.14 python3); do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && echo "$$python" && exit; \
	done; \
	echo "Backchannel needs Python 3.12 or newer; $(or $(PYTHON),python3) is not. Try: make setup PYTHON=/path/to/python" >&2; exit 1

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

setup: $(STAMP) ## install everything into .venv (again only when pyproject.toml or constraints.txt change)

$(STAMP): pyproject.toml constraints.txt
	@test -x $(BIN)/python || { python=$$($(FIND_PYTHON)) && echo "Making $(VENV) with $$("$$python" --version) ..." && "$$python" -m venv --clear $(VENV); }
	@echo "Installing the pinned packages into $(VENV) (a minute or two) ..."
	@$(BIN)/python $(PIP) install --quiet --constraint constraints.txt --editable '.[dev,analysis,cluster,browser,docs]'
	@touch $@
	@echo "Ready: $(BIN)/backchannel --help"

app: setup ## open the page in the browser
	$(BIN)/backchannel app

demo: setup ## compare the strategies on one case
	$(BIN)/backchannel compare iran-2012

docs: setup ## build the handbook, to be read without a network
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "Built the handbook: open site/index.html"

test: setup ## run the tests
	$(BIN)/pytest -n 2 --dist worksteal -m 'not anew' tests --ignore=tests/rules --ignore=tests/browser/page
	$(BIN)/pytest tests/browser/page
	NUMBA_DISABLE_JIT=1 $(BIN)/pytest tests/rules

howto: setup ## follow the how-to pages that change the model, compiling what they make of it
	$(BIN)/pytest -n 2 -m anew tests/test_howto.py

check: setup ## check format, style, types, import layers, unfinished work
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@! grep -rnwE 'TO[D]O|FIX[M]E|XX[X]|HAC[K]' --include='*.py' --include='*.toml' --include='*.md' --include='*.html' \
		--exclude-dir='.[!.]*' --exclude-dir=results . || { echo "Unfinished work, see above." >&2; exit 1; }

format: setup ## format the code and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

golden: setup ## keep the outcomes as they are now (say in CHANGELOG.md what moved)
	$(BIN)/python tests/model/golden.py

bench: setup ## measure the cost of a month and of a run
	$(BIN)/python -m experiments.bench

notebooks: setup ## run the notebooks afresh and keep what they show
	$(BIN)/python -m experiments.notebooks

pictures: setup ## take the readme's pictures of the page, in a headless Chromium
	$(BIN)/python tests/browser/pictures.py

pins: ## resolve all dependencies afresh and write constraints.txt
	@python=$$($(FIND_PYTHON)) && fresh=$$(mktemp -d) && trap 'rm -rf "$$fresh"' EXIT && \
	"$$python" -m venv "$$fresh" && \
	"$$fresh/bin/python" $(PIP) install --quiet --editable '.[dev,analysis,cluster,browser,docs]' && \
	{ echo "# Exact versions of everything that make setup installs. Written by make pins."; \
	"$$fresh/bin/python" $(PIP) freeze --exclude-editable | grep -E '^[A-Za-z0-9._-]+=='; } > "$$fresh/constraints.txt" && \
	cp "$$fresh/constraints.txt" constraints.txt && echo "Wrote constraints.txt; now: make setup"

clean: ## remove caches and build artefacts (keeps .venv and results/)
	rm -rf build dist site *.egg-info .coverage htmlcov .benchmarks .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +
