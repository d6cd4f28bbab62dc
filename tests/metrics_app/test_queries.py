from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from metrics_app.models import Call
from metrics_app.queries import calls_of_run

pytestmark = pytest.mark.django_db


def call(run_id: uuid.UUID, purpose: str, minute: int) -> Call:
    return Call.objects.create(
        run_kind="session",
        run_id=run_id,
        purpose=purpose,
        model="small",
        outcome="answered",
        started_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute),
    )


def test_calls_of_one_run_come_in_the_order_they_were_made() -> None:
    mine, other = uuid.uuid4(), uuid.uuid4()
    call(mine, "coaching", 2)
    call(other, "coaching", 1)
    call(mine, "verdicts", 0)
    assert [c.purpose for c in calls_of_run(mine)] == ["verdicts", "coaching"]
