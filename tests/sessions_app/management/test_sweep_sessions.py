from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from sessions_app import doorbell
from sessions_app.models import RunState
from tests.factories import RunFactory

pytestmark = pytest.mark.django_db


def sweep() -> str:
    out = StringIO()
    call_command("sweep_sessions", stdout=out)
    return out.getvalue()


def test_rings_for_unattended_runs_and_names_them() -> None:
    run = RunFactory.create()
    out = sweep()
    assert f"run {run.pk}: rung" in out
    assert "Rung: 1. In quarantine: 0." in out
    assert doorbell.waiting("default") == {run.pk}


def test_names_runs_in_quarantine() -> None:
    run = RunFactory.create(state=RunState.QUARANTINED, deaths=3)
    out = sweep()
    assert f"run {run.pk} of session {run.session_id}: in quarantine after 3 deaths" in out
    assert "Rung: 0. In quarantine: 1." in out
