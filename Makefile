# Two commands do all the set-up: `make check` lints the shipped catalogue, `make test` runs every test.

PYTHON ?= python3
BIN := .venv/bin
DATA ?=
SPELLING := libenchant-2-2 hunspell-nl hunspell-de-de hunspell-fr hunspell-es hunspell-en-gb hunspell-te

.PHONY: check test languagetool lock clean

check: .venv/installed
	$(BIN)/cannedkit check

test: .venv/tested .venv/spelling languagetool
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
	$(BIN)/uv pip compile --universal --quiet --no-emit-index-url --group dev --extra lemma --extra spell --extra thai --extra privacy pyproject.toml --output-file requirements.lock

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python pyproject.toml requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable .
	touch $@

.venv/tested: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	touch $@

# What the tests of spelling look words up in. Where it cannot be installed those tests are left out, and say so.
.venv/spelling: .venv/bin/python
	@if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
		apt-get install --yes --quiet --no-install-recommends $(SPELLING) > /dev/null || { \
			apt-get update --quiet > /dev/null && \
			apt-get install --yes --quiet --no-install-recommends $(SPELLING) > /dev/null; \
		} || true; \
	else \
		echo "To test spelling, too: apt install $(SPELLING)"; \
	fi
	@touch $@

clean:
	rm -rf .venv dist build
