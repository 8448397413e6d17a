# Python 3.11, make and git are enough: everything else is set up in .venv on first use.
# Any of these may be given on the command line, for example `make briefs OUT=$HOME/briefs`.
OUT ?= out
WORKERS ?= 2

BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
RUNTIME := .venv/.runtime
TOOLS := .venv/.tools

# The first Python on the path that is new enough and can make environments.
CHECK := import ensurepip, sys, venv; print("good" if sys.version_info >= (3, 11) else "")
PYTHON ?= $(firstword $(foreach name,python3.11 python3 python3.13 python3.12 python,\
	$(if $(shell $(name) -c '$(CHECK)' 2>/dev/null),$(name))))

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup briefs test lint format workbooks soak bench rules picture wheel clean distclean

help: ## show this list
	@echo "Framing Kit. Each of these sets itself up on first use:"
	@echo
	@sed -n 's/^\([a-z]*\):.* ## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r name text; \
		do printf '%-18s %s\n' "$$name" "$$text"; done

setup: $(TOOLS) ## prepare .venv for using and changing the kit

briefs: $(RUNTIME) ## write every example and every row of ideas.csv as PDF, HTML and Markdown to out/
	@$(BIN)/framing batch examples examples/ideas.csv --out "$(OUT)" --to pdf,html,md

test: lint workbooks ## lint, check types, run the workbooks and all tests
	@echo "== Tests"
	@$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist worksteal

lint: $(TOOLS) ## check style, format and types
	@echo "== Style, format and types"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(TOOLS) ## put the code into its standard form
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

workbooks: $(TOOLS) ## run the workbooks from top to bottom, as nbval sees them
	@echo "== Workbooks"
	@env -u FRAMING_FORMS -u JPY_SESSION_NAME $(BIN)/python -m pytest --nbval-lax --nbval-current-env \
		--numprocesses $(WORKERS) --dist loadfile workbooks

soak: $(TOOLS) ## run the long tests that `make test` leaves out
	@$(BIN)/python -m pytest -m soak

bench: $(TOOLS) ## measure the speed of what has to be fast, against its limits and its rivals
	@missed=0; for one in bench/*.py; do echo "== $$one"; $(BIN)/python "$$one" || missed=1; done; exit $$missed

rules: $(RUNTIME) ## write the table of the coach's rules into the README again
	@$(BIN)/framing explain --markdown > .venv/rules.md
	@sed -i -e '/^<!-- rules:/,/^<!-- end of rules/{//!d}' -e '/^<!-- rules:/r .venv/rules.md' README.md

picture: $(RUNTIME) ## draw the README's pictures of a brief again (needs pdftoppm)
	@$(BIN)/framing export examples/churn-feed examples/fraud-detection --out "$(OUT)"
	@pdftoppm -r 80 -f 1 -l 1 -png -singlefile "$(OUT)/churn-feed.pdf" docs/brief
	@pdftoppm -r 80 -f 6 -l 6 -png -singlefile "$(OUT)/fraud-detection.pdf" docs/numbers

wheel: $(TOOLS) ## build the source archive and the wheel into dist/
	@$(BIN)/python -m build --no-isolation --outdir dist

clean: ## remove what these commands wrote, but keep .venv
	@rm -rf out dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find . -name .venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## remove .venv too
	@rm -rf .venv

$(RUNTIME): pyproject.toml
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11 or later that can make environments was found." \
		"Install python3.11 and python3.11-venv, or name one: make PYTHON=/path/to/python" >&2; exit 1; }
	@echo "Setting up .venv with $(PYTHON). This happens once and takes a minute or two."
	@"$(PYTHON)" -m venv .venv
	@$(PIP) --editable .
	@touch $@

$(TOOLS): $(RUNTIME)
	@echo "Adding the tools for testing to .venv. This happens once, too."
	@$(PIP) --editable '.[test,lint]'
	@touch $@
