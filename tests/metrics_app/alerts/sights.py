"""What there is to see for rules: runs and calls that were recorded, and the health of parts."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from metrics_app.alerts.evaluation import evaluate
from metrics_app.alerts.told import Told
from metrics_app.health import Check, Health, QueueState
from metrics_app.models import Call, Run

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WELL = Check(True, 1.0, "")
GONE = Check(False, None, "ConnectionError")
IDLE = QueueState("default", 0, None, 1)
HEALTHY = Health(WELL, WELL, (IDLE,), WELL)

Seen = tuple[str, str, str]


def health(**changes: Any) -> Health:
    return replace(HEALTHY, **changes)


def waiting(seconds: float, name: str = "default", workers: int = 1) -> Health:
    return health(queues=(IDLE, QueueState(name, 3, seconds, workers)))


def runs(count: int, at: datetime = NOW - MINUTE, **fields: Any) -> None:
    known: dict[str, Any] = {
        "kind": "session",
        "queue": "default",
        "mode": "parallel",
        "outcome": "completed",
        "total_ms": 10_000,
    }
    Run.objects.bulk_create(
        Run(run_id=uuid.uuid4(), finished_at=at, **known | fields) for _ in range(count)
    )


def calls(count: int, at: datetime = NOW - MINUTE, **fields: Any) -> None:
    known: dict[str, Any] = {
        "run_kind": "session",
        "purpose": "verdicts",
        "model": "large",
        "outcome": "ok",
        "latency_ms": 900,
        "cost_usd": Decimal("0.001"),
    }
    Call.objects.bulk_create(
        Call(record_id=uuid.uuid4(), started_at=at, **known | fields) for _ in range(count)
    )


def short(told: list[Told]) -> list[Seen]:
    """Rule, severity and notice."""
    return [(each.rule, str(each.severity), str(each.notice)) for each in told]


def told_at(now: datetime, seen: Health) -> list[Told]:
    """By one look at all rules."""
    return list(evaluate(now, seen))
