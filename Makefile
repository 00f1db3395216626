# `make demo` shows rforge at work, `make lint` and `make test` check it all, `make bench` measures. Nothing here talks to AWS itself.

VENV := $(or $(RFORGE_VENV),$(CURDIR)/.venv)
PYTHON := $(VENV)/bin/python
TARGET := $(or $(CARGO_TARGET_DIR),$(CURDIR)/target)
STAMP := $(VENV)/.requirements.$(firstword $(shell cksum < tests/emulator/requirements.txt))

export RFORGE_VENV := $(VENV)

# The tests' runner, where it is installed.
NEXTEST := $(shell cargo nextest --version >/dev/null 2>&1 && echo yes)
RUN := $(if $(NEXTEST),cargo nextest run,cargo test)

.PHONY: demo lint test bench conformance venv release

# With the tests: what these need besides changes features of crates below the SDK, which would be compiled once more.
demo: venv
	cargo build --tests
	tests/demo/run $(TARGET)/debug/rforge $(PYTHON)

# What no test sees: form, and what the compiler and clippy warn of, without AWS's crates first, which takes seconds.
lint:
	cargo fmt --check
	cargo clippy --no-default-features --all-targets -- -D warnings
	cargo clippy --all-targets -- -D warnings

test: venv
	$(RUN) --no-default-features
	cd tests && $(PYTHON) -m unittest discover -s emulator -t .
	$(RUN)

# Asks Terraform for every expression of tests/conformance again, and shows where it says something else now.
conformance:
	RFORGE_RECORD=all $(RUN) --no-default-features conformance
	git diff --exit-code tests/conformance

bench: venv release
	$(PYTHON) tests/bench/bench.py $(TARGET)/release/rforge

release:
	cargo build --release

venv: $(STAMP)

# A venv made from the same requirements is used again.
$(STAMP): tests/emulator/requirements.txt
	python3 -m venv $(VENV)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r tests/emulator/requirements.txt
	rm -f $(VENV)/.requirements.* && touch $@
