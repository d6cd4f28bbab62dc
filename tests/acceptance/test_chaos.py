"""A short trial of `python -m tests.chaos`, as whoever runs it would have it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from django.conf import settings

TRIAL = ["--seed", "8", "--sessions", "6", "--hurried", "--json"]

OF_QUIET_MACHINES = {"from death to restart, p95", "from death to restart, longest"}
"""On others a worker takes as long to start as this is about."""


@pytest.mark.page
def test_talks_survive_kills_at_random_once_and_whole() -> None:
    command = [sys.executable, "-m", "tests.chaos", *TRIAL]
    done = subprocess.run(
        command, check=False, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=540
    )
    assert done.stdout, done.stderr
    found = json.loads(done.stdout)
    broken = {check["name"] for check in found["checks"] if not check["holds"]}
    assert broken <= OF_QUIET_MACHINES, done.stdout + done.stderr
    assert found["talks"] == 6
    assert sum(found["kills"].values()) > 0
