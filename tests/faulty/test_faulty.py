"""A short trial of `python -m tests.faulty`, as whoever runs it would have it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from django.conf import settings

TRIAL = ["--seed", "3", "--sessions", "16", "--scale", "0.3", "--only", "talks", "--json"]

OF_QUIET_MACHINES = "sent by others before it was over"
"""On others a request may be on its way for a second."""


@pytest.mark.page
def test_talks_past_a_server_of_whose_answers_a_fifth_is_none() -> None:
    command = [sys.executable, "-m", "tests.faulty", *TRIAL]
    done = subprocess.run(
        command, check=False, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=540
    )
    found = json.loads(done.stdout)
    assert found["talks"] == 16, done.stderr
    assert len(found["faults"]) > 5
    assert found["lies"] == {}
    broken = {check["name"] for check in found["checks"] if not check["holds"]}
    assert broken <= {OF_QUIET_MACHINES}, done.stderr
