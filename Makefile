# Speech Coach. `make run` and `make test` do all set-up themselves.

VENV = .venv
REQUIREMENTS = requirements.txt
TEST_PROCESSES = 3
# One more than two cores have work for: tests often wait for programs. A file stays in one process,
# for tests that share something costly.
PYTEST = $(VENV)/bin/pytest -q -n $(TEST_PROCESSES) --dist loadfile

.PHONY: run test verify audit bench lint types format lock screenshots clean venv dev

run: venv
	@exec $(VENV)/bin/python manage.py up

test: dev
	@scripts/system-packages postgres chromium
	@$(MAKE) --no-print-directory lint types
	$(PYTEST)
	scripts/with-postgres $(PYTEST) -m "django_db and not page"

# What the simulated model server is made after, against a real one given on purpose:
# OPENAI_API_KEY=… make verify
verify: dev
	$(VENV)/bin/pytest -v tests/verification -o python_files='verify_*.py'

# Known weaknesses of the pinned packages. Ends with 2 where nobody could be asked about them.
PIP_AUDIT = pip-audit@2.10.1
audit: dev
	$(VENV)/bin/uv tool run --quiet $(PIP_AUDIT) -r requirements-dev.txt --require-hashes \
		--disable-pip --progress-spinner off -f json | $(VENV)/bin/python scripts/audit.py

# Whole flows against the simulated model server, in half an hour: docs/performance.md.
# BENCH="--quick" for less than a minute, BENCH="--json" for machines.
bench: dev
	@scripts/system-packages flite
	$(VENV)/bin/python -m benchmarks $(BENCH)

lint: dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .

types: dev
	$(VENV)/bin/mypy .

format: dev
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

# Pictures of every page, of an installation made for them: docs/screenshots.
screenshots: dev
	@scripts/system-packages chromium
	$(VENV)/bin/python -m tests.pictures

# The pinned versions of everything, the same ones for every supported Python and system.
LOCK = $(VENV)/bin/uv pip compile pyproject.toml -q --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes
lock: dev
	$(LOCK) -o requirements.txt
	$(LOCK) --extra s3 -o requirements-s3.txt
	$(LOCK) --extra s3 --extra dev -o requirements-dev.txt

# Leaves the data folder alone.
clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis

venv:
	@scripts/system-packages redis
	@PYTHON="$(PYTHON)" scripts/install $(VENV) $(REQUIREMENTS)

dev:
	@scripts/system-packages redis
	@PYTHON="$(PYTHON)" scripts/install $(VENV) requirements-dev.txt
