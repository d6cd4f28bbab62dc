from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def patient_health(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine is slow to answer, which is no finding here."""
    monkeypatch.setattr("metrics_app.health.LONGEST_SECONDS", 20.0)
