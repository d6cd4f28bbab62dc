"""Rows of calls and runs from a few minutes ago, and a talk to the API about them."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.test import Client
from django.utils import timezone

from ai.errors import Outcome
from metrics_app.models import Call, Run, StageTiming
from tests.factories import UserFactory


def a_call(minutes_ago: float = 10, **changes: Any) -> Call:
    known: dict[str, Any] = {
        "record_id": uuid.uuid4(), "run_kind": "session", "purpose": "verdicts", "model": "large",
        "outcome": Outcome.OK, "tokens_in": 900, "tokens_cached": 100, "tokens_out": 50,
        "cost_usd": Decimal("0.01"), "latency_ms": 700,
        "started_at": timezone.now() - timedelta(minutes=minutes_ago),
    }  # fmt: skip
    return Call.objects.create(**(known | changes))


def a_run(minutes_ago: float = 10, **changes: Any) -> Run:
    known: dict[str, Any] = {
        "kind": "session", "run_id": uuid.uuid4(), "queue": "default", "mode": "parallel",
        "outcome": "completed", "regenerated": False, "agreement_difference": 0.25,
        "waited_ms": 40, "total_ms": 12_000,
        "finished_at": timezone.now() - timedelta(minutes=minutes_ago),
    }  # fmt: skip
    run = Run.objects.create(**(known | changes))
    StageTiming.objects.create(run=run, stage="rules", state="done", duration_ms=900)
    return run


def staff() -> Client:
    """A browser of somebody who may see metrics."""
    browser = Client()
    browser.force_login(UserFactory.create(is_staff=True))
    return browser


def answered(browser: Client, path: str) -> Any:
    """What the API says; `path` follows `/api/metrics/`."""
    response = browser.get(f"/api/metrics/{path}")
    assert response.status_code == 200, response.content
    return json.loads(response.content)
