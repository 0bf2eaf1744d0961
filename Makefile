# Two commands do all the set-up: `make check` lints the shipped catalogue, `make test` runs every test.

PYTHON ?= python3
BIN := .venv/bin
DATA ?=
SPELLING := libenchant-2-2 hunspell-nl hunspell-de-de hunspell-fr hunspell-es hunspell-en-gb hunspell-te

SECONDS ?= 60
SEED ?= $(shell date +%s)
SHARE ?= 1
# How many processes run the tests: one a core, four at most.
SPREAD := -n auto --maxprocesses=4 --dist worksteal

.PHONY: check test test-deep languagetool lock fuzz soak scenarios audit manual clean

check: .venv/installed
	$(BIN)/cannedkit check

test: .venv/tested .venv/spelling languagetool
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest $(SPREAD) $(if $(DATA),--data=$(DATA)) $(PYTEST)

# The model that reads whole sentences. What runs it is built from source: about 8 minutes on two cores, once.
test-deep: .venv/deep
	$(BIN)/pytest --deep -m deep $(PYTEST)

# LanguageTool's jars go into the user's cache folder, once; without Java its own tests are left out.
languagetool: .venv/installed
	@if ! command -v java >/dev/null || ! command -v mvn >/dev/null; then \
		echo "Java or Maven is missing: LanguageTool itself goes untested."; \
	elif $(BIN)/cannedkit languagetool status | grep -q "not installed"; then \
		$(BIN)/cannedkit languagetool install; \
	fi

lock: .venv/tested
	$(BIN)/uv pip compile --universal --quiet --no-emit-index-url --group dev --extra docx --extra english --extra lemma --extra mcp --extra semantic --extra spell --extra sync --extra thai --extra privacy --extra tui pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --universal --quiet --no-emit-index-url --extra deep --constraint requirements.lock pyproject.toml --output-file requirements-deep.lock

# Each reader of what strangers write, SECONDS each, with inputs that nobody writes; what does harm is kept in build/fuzz.
fuzz: .venv/tested
	$(BIN)/python -m scripts.fuzz --seconds $(SECONDS) --seed $(SEED) --keep build/fuzz

# What must hold a thousand times and more; one in SHARE of each count.
soak: .venv/tested
	$(BIN)/python -m scripts.soak --share $(SHARE)
	$(BIN)/python -m scripts.soak_fix $$((1000 / $(SHARE)))
	$(BIN)/python -m scripts.soak_approve --count $$((1000 / $(SHARE)))

# Attacks, each run for real; prints the table of docs/security.md.
scenarios: .venv/tested
	$(BIN)/python -m scripts.scenarios

# The man pages, one a command, in build/man.
manual: .venv/tested
	$(BIN)/python -m scripts.manual build/man

# Known faults of what we build on; needs the network, and a service that knows them.
audit: .venv/tested
	$(BIN)/uv tool run pip-audit --requirement requirements.lock --no-deps --disable-pip

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python pyproject.toml requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable .
	touch $@

.venv/tested: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	touch $@

.venv/deep: .venv/tested requirements-deep.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-deep.lock
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
