"""Rows of calls and runs by the hundred thousand, spread over one day, as they are recorded."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import cycle, islice, repeat
from typing import Final

import numpy as np
from django.db import connection, transaction
from django.db.models import Model

from metrics_app.models import (
    Call,
    HourlyCalls,
    HourlyRuns,
    HourlyStages,
    Run,
    StageTiming,
    TotalCalls,
    TotalRuns,
)

NOW: Final = datetime.now(UTC)
DAY_SECONDS: Final = 24 * 60 * 60
PURPOSES: Final = ("verdicts", "review", "coaching", "transcription", "check", "similar")
MODELS: Final = ("large", "small", "sound", "another")
STAGES: Final = ("media", "transcription", "rules", "refinement", "scoring", "conclusion")
OWNERS: Final = 500
HOURS: Final = (HourlyCalls, HourlyRuns, HourlyStages, TotalCalls, TotalRuns)


def add_calls(count: int, seed: int) -> None:
    """Latencies are log-normal around 3 s; a twentieth failed, a tenth was found."""
    dice = np.random.default_rng(seed)
    tokens = dice.integers(200, 5000, count).tolist()
    found = dice.random(count) < 1 / 10
    columns = {
        "record_id": (uuid.uuid4() for _ in range(count)),
        "run_kind": repeat("session"),
        "run_id": (uuid.uuid4() for _ in range(count)),
        "owner_id": cycle(range(OWNERS)),
        "purpose": islice(cycle(PURPOSES), count),
        "model": cycle(MODELS),
        "prompt_version": repeat("3"),
        "attempt": repeat(1),
        "outcome": np.where(dice.random(count) < 1 / 20, "timeout", "ok").tolist(),
        "detail": repeat(""),
        "tokens_in": tokens,
        "tokens_cached": (n // 5 for n in tokens),
        "tokens_out": (n // 8 for n in tokens),
        "cost_usd": (Decimal(n) / 1_000_000 for n in tokens),
        "latency_ms": dice.lognormal(8, 0.8, count).astype(int).tolist(),
        "cache_hit": found.tolist(),
        "could_hit": (found | (dice.random(count) < 1 / 10)).tolist(),
        "started_at": _moments(count, dice),
    }
    _insert(Call, columns)


def add_runs(count: int, seed: int) -> None:
    """With all of their stages; a hundredth fell back, a thirtieth failed."""
    dice = np.random.default_rng(seed)
    fell = dice.random(count) < 1 / 100
    columns = {
        "kind": repeat("session"),
        "run_id": (uuid.uuid4() for _ in range(count)),
        "owner_id": cycle(range(OWNERS)),
        "queue": repeat("default"),
        "mode": np.where(fell, "sequential", "parallel").tolist(),
        "outcome": np.where(dice.random(count) < 1 / 30, "failed", "completed").tolist(),
        "problem": repeat(""),
        "degraded": fell.tolist(),
        "regenerated": (dice.random(count) < 1 / 5).tolist(),
        "agreement_difference": (dice.random(count) / 3).tolist(),
        "total_ms": dice.lognormal(9.2, 0.4, count).astype(int).tolist(),
        "variants": repeat(json.dumps({"parallel_ai_processing": True})),
        "finished_at": _moments(count, dice),
    }
    _insert(Run, columns)
    runs = list(Run.objects.order_by("pk").filter(stages=None).values_list("pk", flat=True))
    stages = {
        "run_id": (run for run in runs for _ in STAGES),
        "stage": cycle(STAGES),
        "state": repeat("completed"),
        "duration_ms": dice.lognormal(5, 1, len(runs) * len(STAGES)).astype(int).tolist(),
    }
    _insert(StageTiming, stages)


def clear() -> None:
    """For other rows, whose numbers have the order of their moments again."""
    with connection.cursor() as cursor:
        for model in (StageTiming, *HOURS, Run, Call):
            cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608 - tables of our own


def _moments(count: int, dice: np.random.Generator) -> list[datetime]:
    ago = np.sort(dice.uniform(0, DAY_SECONDS, count))[::-1]
    return [NOW - timedelta(seconds=seconds) for seconds in ago.tolist()]


def _insert(model: type[Model], columns: Mapping[str, Iterable[object]]) -> None:
    """As each database takes rows fastest."""
    names = ", ".join(f'"{name}"' for name in columns)
    table = f'"{model._meta.db_table}" ({names})'
    rows = zip(*columns.values(), strict=False)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["?"] * len(columns))
            into = f"INSERT INTO {table} VALUES ({places})"  # noqa: S608 - names of our own
            cursor.connection.executemany(into, (tuple(map(_plain, row)) for row in rows))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _plain(value: object) -> object:
    """As Django stores it in SQLite."""
    if isinstance(value, uuid.UUID):
        return value.hex
    if isinstance(value, datetime):
        return str(value.replace(tzinfo=None))
    return str(value) if isinstance(value, Decimal) else value
