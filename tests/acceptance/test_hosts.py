"""A short trial of `python -m tests.hosts`, as whoever runs it would have it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

TRIAL = ["--seed", "3", "--sessions", "6", "--hurried", "--json"]
URL = os.environ.get("DATABASE_URL", "")


@pytest.mark.django_db
@pytest.mark.postgresql
def test_a_host_that_dies_takes_nothing_with_it() -> None:
    own = f"{URL.rpartition('/')[0]}/hosts"
    done = subprocess.run(
        [sys.executable, "-m", "tests.hosts", *TRIAL], check=False, cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": own}, capture_output=True, text=True, timeout=540,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert found["talks"] == 6
    assert found["kills"] == {"host": 1}
