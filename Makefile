# Two commands do all the set-up: `make check` lints the shipped catalogue, `make test` runs every test.

PYTHON ?= python3
BIN := .venv/bin
DATA ?=

.PHONY: check test languagetool lock clean

check: .venv/installed
	$(BIN)/cannedkit check

test: .venv/tested languagetool
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest $(if $(DATA),--data=$(DATA)) $(PYTEST)

# LanguageTool's jars go into the user's cache folder, once; without Java its own tests are left out.
languagetool: .venv/installed
	@if ! command -v java >/dev/null || ! command -v mvn >/dev/null; then \
		echo "Java or Maven is missing: LanguageTool itself goes untested."; \
	elif $(BIN)/cannedkit languagetool status | grep -q "not installed"; then \
		$(BIN)/cannedkit languagetool install; \
	fi

lock: .venv/tested
	$(BIN)/uv pip compile --universal --quiet --no-emit-index-url --group dev --extra lemma pyproject.toml --output-file requirements.lock

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python pyproject.toml requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable .
	touch $@

.venv/tested: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	touch $@

clean:
	rm -rf .venv dist build
