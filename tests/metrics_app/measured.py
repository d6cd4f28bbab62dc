"""Calls and runs at given moments, to be measured."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from metrics_app.models import Call, Run, StageTiming

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def a_call(at: datetime = NOON, **changes: Any) -> Call:
    known: dict[str, Any] = {
        "record_id": uuid.uuid4(),
        "run_kind": "session",
        "run_id": uuid.uuid4(),
        "purpose": "verdicts",
        "model": "large",
        "outcome": "ok",
        "tokens_in": 900,
        "tokens_cached": 100,
        "tokens_out": 50,
        "cost_usd": Decimal("0.01"),
        "latency_ms": 700,
        "started_at": at,
    }
    return Call(**(known | changes))


def a_run(at: datetime = NOON, **changes: Any) -> Run:
    known: dict[str, Any] = {
        "kind": "session",
        "run_id": uuid.uuid4(),
        "queue": "default",
        "mode": "parallel",
        "outcome": "completed",
        "regenerated": False,
        "agreement_difference": 0.1,
        "total_ms": 9000,
        "finished_at": at,
    }
    return Run(**(known | changes))


def save(rows: Iterable[Call | Run]) -> None:
    for row in rows:
        row.save()


def with_stages(run: Run, **durations: int | None) -> Run:
    """Saved, with its stages in this order."""
    run.save()
    for stage, duration in durations.items():
        state = "skipped" if duration is None else "completed"
        StageTiming.objects.create(run=run, stage=stage, state=state, duration_ms=duration)
    return run
