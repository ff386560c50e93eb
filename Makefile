# Two commands do it all: `make demo` (try it) and `make test` (prove it). Both set up what is missing, once.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: demo preview test check lint types index bench soak calibrate measure readme screenshots run lock clean

demo: $(READY)  ## chat in the terminal with the real bot, no token, no network
	@$(BIN)/python -m bot chat

preview: $(READY)  ## chat in a browser with the real bot, no token, no network; PORT=8081 for another port
	@$(BIN)/python -m bot preview $(if $(PORT),--port $(PORT))

test: $(READY)  ## the whole test suite
	@$(BIN)/python -m pytest -n 2 --dist loadfile

check: lint types test  ## everything that must pass before a change lands

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY)
	@$(BIN)/mypy

bench: $(READY)  ## speed and quality, beside what one would reach for instead
	@$(BIN)/python -m tests.bench

soak: $(READY)  ## the long tests: kills, random models, load
	@$(BIN)/python -m pytest -m soak -s

measure: $(READY)  ## quality on the project's own measuring set; /apropos tells the figures
	@$(BIN)/python -m tests.bench.quality --publish

calibrate: $(READY)  ## learn again when to answer, ask back or refuse; writes knowledge/data/calibration/
	@$(BIN)/python -m knowledge calibrate

readme: $(READY)  ## the README's conversation, as the program says it now
	@$(BIN)/python -m tests.readme

screenshots: $(READY)  ## the README's pictures, taken in the preview (needs Chromium)
	@$(BIN)/python -m tests.readme.screenshots

run: $(READY)  ## serve Telegram (needs BOT_TOKEN, BOT_OPERATOR, BOT_CONTACT)
	@$(BIN)/python -m bot run

$(READY): requirements.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv >&2
	@echo "Installing the pinned libraries (once)…" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock >&2
	@touch $@

lock:  ## renew the lock file after changing pyproject.toml (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate \
		--python-version 3.11 --group dev -o requirements.lock pyproject.toml

clean:
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache
