"""The program as a whole."""

from __future__ import annotations

import subprocess
import sys

from tests.simulator import ROOT

PRODUCT = {"ai", "accounts_app", "metrics_app", "sessions_app", "speechcoach", "django", "openai"}


def test_it_knows_nothing_of_the_product() -> None:
    asked = "import sys, tests.openai_sim.app; print(*{name.split('.')[0] for name in sys.modules})"
    loaded = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not set(loaded.stdout.split()) & PRODUCT
