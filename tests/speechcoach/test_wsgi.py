from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.environment import OWN_SETTINGS


def loaded(question: str) -> str:
    """What a process of pages answers before its first request."""
    program = f"import gc, sys, speechcoach.wsgi; print({question})"
    answer = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, **OWN_SETTINGS},
        cwd=settings.BASE_DIR, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return answer.stdout.strip()


@pytest.mark.parametrize("module", ["sessions_app.views.detail", "sessions_app.display.page"])
def test_the_first_page_waits_for_no_module(module: str) -> None:
    assert loaded(f"{module!r} in sys.modules") == "True"


def test_nobody_looks_for_garbage_in_what_is_loaded() -> None:
    assert loaded("gc.get_freeze_count() > 100 * len(gc.get_objects())") == "True"
