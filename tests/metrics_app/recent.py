"""Calls and runs of the last minutes, and what the API says of them."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from metrics_app.models import Call, Run
from tests.factories import UserFactory
from tests.metrics_app import measured


def a_call(minutes_ago: float = 10, **changes: Any) -> Call:
    call = measured.a_call(timezone.now() - timedelta(minutes=minutes_ago), **changes)
    call.save()
    return call


def a_run(minutes_ago: float = 10, **changes: Any) -> Run:
    """With a stage of 900 ms."""
    known: dict[str, Any] = {"total_ms": 12_000, "agreement_difference": 0.25}
    ended = timezone.now() - timedelta(minutes=minutes_ago)
    return measured.with_stages(measured.a_run(ended, **(known | changes)), rules=900)


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
