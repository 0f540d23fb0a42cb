# Parole: two commands, `make chat` and `make test`; each step is skipped when done already.
.DEFAULT_GOAL := help
.PHONY: help chat test lint figures pictures adapters models clean no-index
.DELETE_ON_ERROR:

PYTHON ?= $(or $(shell command -v python3.11),$(shell command -v python3),python3)
INDEX ?= index
HOST ?= 127.0.0.1
PORT ?= 7860
BIN := .venv/bin
# Not compiled by pip: most modules of these packages are never imported. Those that the page needs
# are compiled after it, whatever the surroundings say of later runs: where nothing may be written
# at first use (PYTHONDONTWRITEBYTECODE, a folder of somebody else's), each start compiled them anew.
COMPILE := PYTHONDONTWRITEBYTECODE= $(BIN)/python -c 'import ui.cli.chat'
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --no-compile --constraint constraints.txt

help:  ## show the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# The corpus is indexed in `index` alone: an index of one's own is served as it is.
chat: models $(if $(filter index,$(INDEX:/=)),.venv/indexed)  ## from nothing to the chat page on 127.0.0.1:7860
	@$(BIN)/parole chat --index "$(INDEX)" --host $(HOST) --port $(PORT)

# Two processes of one thread: each loads the models once, and threads of both on two cores would
# wait for one another. A file stays in one process, with its server or its model.
test: .venv/dev models  ## every test: fast, real models, real browser
	@OMP_NUM_THREADS=1 $(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder $(ARGS)

lint: .venv/dev  ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

figures: .venv/dev models .venv/indexed  ## how fast the page is for its reader, in a real browser
	@$(BIN)/python -m tests.page_figures

pictures: .venv/dev models .venv/indexed  ## take the pictures of docs/ anew
	@$(BIN)/python -m tests.page_pictures

adapters: .venv/dev models  ## train the reader on a file in SQuAD format: make adapters PIAF=piaf-v1.1.json
	$(BIN)/python -m rag.train.reader "$(PIAF)" --output rag/adapters/reader.safetensors --steps 800

models: .venv/run
	@$(BIN)/parole models pull

clean:  ## remove what the other targets made here (models stay in the cache folder)
	rm -rf .venv index *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/run: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: make chat PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv .venv
	$(INSTALL) --editable .
	$(COMPILE)
	@touch $@

.venv/dev: .venv/run
	$(INSTALL) --editable '.[dev]'
	$(COMPILE)
	@touch $@

# A fresh index of the corpus; files are compared by content, so this is short when few changed.
# The target is a stamp: make may delete one that fails or is interrupted, never an index.
.venv/indexed: .venv/run corpus $(wildcard corpus/*.md) $(if $(wildcard index/CURRENT),,no-index) | models
	@$(BIN)/parole index corpus --index index --prune
	@touch $@

no-index:
