# The one door to the checks is `make check`; `.ci/run` and the README say the same commands.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
DEV    := $(VENV)/editable

.PHONY: demo test check format bench screenshots clean

demo:  ## build output/ from seeds/
	rm -f $(DEV)
	$(PYTHON) -m venv $(VENV) && $(BIN)/pip install . && $(BIN)/kg build seeds -o output

test:  ## run the tests
	rm -f $(DEV)
	$(PYTHON) -m venv $(VENV) && $(BIN)/pip install '.[dev]' && $(BIN)/python -m pytest

check: dev  ## everything a change must pass
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

format: dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: dev  ## the figures of the README
	for bench in tests/benchmarks/bench_*.py; do $(BIN)/python $$bench || exit 1; done

screenshots: dev  ## the pictures of the README, taken from the page of seeds/
	$(BIN)/kg build seeds -o output
	$(BIN)/python tests/screenshots.py output/graph.html output

# The stamp stands while the install is one that follows the code; `demo` and `test` install a copy.
.PHONY: dev
dev: $(DEV)
$(DEV): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -e '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
