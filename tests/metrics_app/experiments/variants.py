"""Runs that know which variant of a flag they had, and what their calls cost."""

from __future__ import annotations

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from metrics_app.models import Call, Run

FLAG = "windowed_analysis"


def a_run(on: bool | None, owner: int | None = None, **fields: Any) -> Run:
    known: dict[str, Any] = {
        "kind": "session",
        "run_id": uuid.uuid4(),
        "owner_id": owner,
        "queue": "default",
        "mode": "parallel",
        "outcome": "completed",
        "total_ms": 20_000,
        "variants": {} if on is None else {FLAG: on},
        "finished_at": timezone.now(),
    }
    return Run.objects.create(**(known | fields))


def a_call(run: Run, usd: str | None, at: datetime | None = None) -> None:
    Call.objects.create(
        record_id=uuid.uuid4(),
        run_kind=run.kind,
        run_id=run.run_id,
        owner_id=run.owner_id,
        purpose="verdicts",
        model="large",
        outcome="ok",
        cost_usd=None if usd is None else Decimal(usd),
        started_at=at or timezone.now(),
    )
