# crossfix: `make demo` shows what it does, `make test` runs every check, `make help` lists the rest.
# Each target first makes .venv/ where that is missing or out of date. PYTHON=... names another Python, DOCS=... other reports.
.DEFAULT_GOAL := help
.PHONY: help demo test check tests bench floors serve screenshots train data-page format constraints clean
export DOCS PYTHON EVAL FEW PORT
bin := .venv/bin

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

.venv/ready: pyproject.toml constraints.txt requirements/model.txt scripts/setup scripts/find-python
	@scripts/setup

demo: .venv/ready ## read the sample reports (or DOCS=path) and write a dossier to demo-out/
	@scripts/demo

test: check tests ## everything: style, types, tests, and the benchmarks' quick floors

check: .venv/ready ## style and types: ruff, ruff format, mypy --strict
	@$(bin)/ruff check
	@$(bin)/ruff format --check --quiet || { echo "Not formatted; run make format"; $(bin)/ruff format --check; }
	@$(bin)/mypy

tests: .venv/ready
	@$(bin)/pytest -q

.venv/bench-ready: .venv/ready requirements/bench.txt scripts/setup-bench
	@scripts/setup-bench

bench: .venv/bench-ready ## measure on ../shared/eval and write benchmarks/RESULTS.md (about 25 minutes)
	@$(bin)/python benchmarks/run.py --check

floors: .venv/ready ## the quick part of bench, held against benchmarks/floors.toml (about 3 minutes)
	@$(bin)/python benchmarks/run.py --quick --check --no-write

serve: .venv/ready ## the demo's record as a local site (runs the demo first where there is none); PORT=8723
	@scripts/serve

screenshots: .venv/ready ## pictures of every page of the site, light and dark, into screenshots/
	@scripts/screenshots

train: ## train the attribution model anew into train-out/, in .venv-train/ (about 45 minutes; torch is large)
	@scripts/train

format: .venv/ready ## put the code into the common form
	@$(bin)/ruff check --fix --quiet && $(bin)/ruff format

data-page: .venv/ready ## write docs/data.md anew from the tables of public data
	@$(bin)/python -m crossfix.reference.provenance docs/data.md

constraints: ## pin the newest versions that pyproject.toml allows
	@scripts/constraints

clean: ## remove .venv/, .venv-train/ and everything that was made
	rm -rf .venv .venv-train demo-out screenshots bench-out train-out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis src/*.egg-info
	find src tests benchmarks training -name __pycache__ -type d -prune -exec rm -rf {} +
