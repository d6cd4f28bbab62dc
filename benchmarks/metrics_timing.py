"""How long each measure takes, and a record, on the database that the environment names.

Run by `python -m benchmarks.metrics`, once for each database; prints JSON.
"""

from __future__ import annotations

from benchmarks import metrics_ground  # noqa: F401 - before anything that has models

# isort: split
import json
import shutil
import statistics
import sys
import time
import uuid
from collections.abc import Callable
from datetime import timedelta

from django.core.management import call_command
from django.db import connection

from ai.errors import Outcome
from ai.ledger import CallRecord, Subject
from benchmarks.metrics_rows import NOW, STAGES, add_calls, add_runs
from benchmarks.progress import say
from metrics_app.ended_runs import EndedRun, StageTime, record_run
from metrics_app.measures import calls, days, ever, runs, spending
from metrics_app.record import DatabaseBooks
from metrics_app.rollups import roll_up
from metrics_app.windows import Window
from tests.environment import DATA_DIR

ROUNDS = 7
RECORDS = 400
FEW, MANY = 100_000, 1_000_000
RUNS = 30_000
WINDOW = Window.last(24 * 60, NOW)
MEASURES: dict[str, Callable[[], object]] = {
    "latency of calls": lambda: calls.latency(WINDOW),
    "latency of calls by purpose": lambda: calls.latency(WINDOW, by="purpose"),
    "latency of calls by model": lambda: calls.latency(WINDOW, by="model"),
    "totals of calls": lambda: calls.totals(WINDOW),
    "totals of calls by model": lambda: calls.totals(WINDOW, by="model"),
    "cost": lambda: spending.cost(WINDOW),
    "durations of runs": lambda: runs.durations(WINDOW),
    "durations of runs by mode": lambda: runs.durations(WINDOW, by="mode"),
    "durations of stages": lambda: runs.stage_durations(WINDOW),
    "totals of runs": lambda: runs.totals(WINDOW),
    "30 days": lambda: days.days(NOW.date(), 30),
    "everything there ever was": ever.prometheus_totals,
}


def main() -> None:
    try:
        _prepare()
        sys.stdout.write(json.dumps(_measured()))
    finally:
        connection.close()
        shutil.rmtree(DATA_DIR, ignore_errors=True)


def _prepare() -> None:
    """An empty database; of a server that is there for us alone."""
    if connection.vendor == "postgresql":
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
    else:
        call_command("migrate", verbosity=0)


def _measured() -> dict[str, dict[str, float]]:
    """Milliseconds, medians."""
    recorded = {"call": _recording(_record_call), "run": _recording(_record_run)}
    add_calls(FEW, seed=1)
    add_runs(RUNS, seed=2)
    few = _timed(FEW)
    add_calls(MANY - FEW, seed=3)
    many = _timed(MANY)
    later = {"call": _recording(_record_call), "run": _recording(_record_run)}
    return {"few": few, "many": many, "empty": recorded, "full": later}


def _timed(rows: int) -> dict[str, float]:
    roll_up(since=WINDOW.since - timedelta(days=1), now=NOW)
    found = {}
    for name, measure in MEASURES.items():
        measure()
        found[name] = statistics.median(_milliseconds(measure) for _ in range(ROUNDS))
        say(f"{connection.vendor}, {rows:,} calls: {name} {found[name]:.1f} ms")
    return found


def _recording(record: Callable[[], None]) -> float:
    for _ in range(RECORDS // 10):  # for nothing: first times
        record()
    return statistics.median(_milliseconds(record) for _ in range(RECORDS))


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _record_call() -> None:
    subject = Subject(7, "session", uuid.uuid4(), uuid.uuid4())
    DatabaseBooks().record(
        CallRecord(
            record_id=uuid.uuid4(),
            subject=subject,
            purpose="verdicts",
            model="large",
            prompt_version="3",
            attempt=1,
            outcome=Outcome.TIMEOUT,
            started_at=NOW - timedelta(days=2),
            latency_ms=700,
        )
    )


def _record_run() -> None:
    record_run(
        EndedRun(
            kind="session",
            run_id=uuid.uuid4(),
            owner_id=7,
            queue="default",
            mode="parallel",
            outcome="completed",
            problem="",
            degraded=False,
            regenerated=False,
            agreement_difference=0.1,
            waited_ms=20,
            total_ms=9000,
            variants={"answer_cache": True},
            finished_at=NOW - timedelta(days=2),
            stages=[StageTime(stage, "completed", 100) for stage in STAGES],
        )
    )


if __name__ == "__main__":
    main()
