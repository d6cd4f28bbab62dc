"""Records of runs, model calls and corrections, as others make them."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from ai.errors import Outcome
from ai.ledger import CallRecord, Subject
from metrics_app.record import EndedRun, StageTime, record_correction

OWNER = 7
SUBJECT = Subject(OWNER, "session", uuid.uuid4(), uuid.uuid4())


def a_record(subject: Subject = SUBJECT, **changes: Any) -> CallRecord:
    known: dict[str, Any] = {
        "record_id": uuid.uuid4(),
        "subject": subject,
        "purpose": "verdicts",
        "model": "large",
        "prompt_version": "3",
        "attempt": 1,
        "outcome": Outcome.OK,
        "started_at": datetime(2026, 1, 1, tzinfo=UTC),
        "tokens_in": 900,
        "tokens_cached": 100,
        "tokens_out": 50,
        "cost_usd": Decimal("0.01"),
        "latency_ms": 700,
    }
    return CallRecord(**(known | changes))


def a_correction(**changes: Any) -> None:
    """Counted."""
    known: dict[str, Any] = {
        "made": True,
        "kind": "not_a_filler",
        "source": "rule",
        "label": "um",
        "language": "en",
        "run_id": uuid.uuid4(),
        "owner_id": OWNER,
    }
    record_correction(**(known | changes))


def an_end(**changes: Any) -> EndedRun:
    known: dict[str, Any] = {
        "kind": "session",
        "run_id": uuid.uuid4(),
        "owner_id": OWNER,
        "queue": "default",
        "mode": "parallel",
        "outcome": "completed",
        "problem": "",
        "degraded": False,
        "regenerated": True,
        "agreement_difference": 0.25,
        "waited_ms": 40,
        "total_ms": 12_000,
        "variants": {"parallel_ai_processing": True},
        "finished_at": datetime(2026, 1, 1, tzinfo=UTC),
        "stages": (StageTime("rules", "done", 900), StageTime("scoring", "skipped", None)),
    }
    return EndedRun(**(known | changes))
