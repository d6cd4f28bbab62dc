"""How long each measure takes, and a record, on the database that the environment names.

Run by `python -m benchmarks.metrics`, once for each database; prints JSON. With `--only NAME` it
times the cases whose name holds NAME, at 100,000 calls, or with `--many` at 1,000,000.
"""

from __future__ import annotations

from benchmarks import metrics_ground  # noqa: F401 - before anything that has models

# isort: split
import argparse
import json
import shutil
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from ai.errors import Outcome
from ai.ledger import CallRecord, Subject
from benchmarks.metrics_cases import WINDOW, cases
from benchmarks.metrics_rows import NOW, STAGES, add_calls, add_runs, clear
from benchmarks.progress import say
from metrics_app.ended_runs import EndedRun, StageTime, record_run
from metrics_app.record import DatabaseBooks
from metrics_app.rollups import roll_up
from speechcoach import redis_server
from speechcoach.connection_pool import keep_connections
from tests.environment import DATA_DIR, REDIS_SOCKET, REDIS_URL

ROUNDS = 7
RECORDS = 400
FEW, MANY = 100_000, 1_000_000
CALLS_OF_A_RUN = 10  # a talk of five minutes takes fifteen, one of a minute seven


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.metrics_timing")
    parser.add_argument("--only", default="", metavar="NAME")
    parser.add_argument("--many", action="store_true")
    given = parser.parse_args()
    try:
        _prepare()
        with _redis():
            found = _some(given.only, given.many) if given.only else _measured()
        sys.stdout.write(json.dumps(found))
    finally:
        connection.close()
        shutil.rmtree(DATA_DIR, ignore_errors=True)


def _prepare() -> None:
    """An empty database, of a server that is there for us alone; reached as by the pages."""
    if connection.vendor == "postgresql":
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        connection.close()
        keep_connections()
    else:
        call_command("migrate", verbosity=0)


@contextmanager
def _redis() -> Iterator[None]:
    """Pages look at it."""
    redis_server.prepare(REDIS_SOCKET)
    command = redis_server.command(redis_server.find_server(), REDIS_SOCKET)
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        redis_server.wait_until_ready(REDIS_URL, seconds=20)
        yield
    finally:
        server.terminate()
        server.wait()


def _some(only: str, many: bool) -> dict[str, float]:
    rows = MANY if many else FEW
    _add(rows, seed=1)
    return _timed(rows, only)


def _add(calls: int, seed: int) -> None:
    """Instead of those there are."""
    clear()
    add_calls(calls, seed)
    add_runs(calls // CALLS_OF_A_RUN, seed + 1)


def _measured() -> dict[str, dict[str, float]]:
    """Milliseconds, medians."""
    recorded = {"call": _recording(_record_call), "run": _recording(_record_run)}
    _add(FEW, seed=1)
    few = _timed(FEW)
    _add(MANY, seed=3)
    many = _timed(MANY)
    later = {"call": _recording(_record_call), "run": _recording(_record_run)}
    return {"few": few, "many": many, "empty": recorded, "full": later}


def _timed(rows: int, only: str = "") -> dict[str, float]:
    roll_up(since=WINDOW.since - timedelta(days=1), now=NOW)
    found = {}
    for name, measure in cases(only).items():
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
            started_at=timezone.now(),
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
            finished_at=timezone.now(),
            stages=[StageTime(stage, "completed", 100) for stage in STAGES],
        )
    )


if __name__ == "__main__":
    main()
