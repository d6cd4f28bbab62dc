"""Many who spend and record at once, each on a real connection of either database."""

from __future__ import annotations

import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection

from metrics_app.models import EVERYBODY, Call, KeptAnswer, Run, Spending, StageTiming
from metrics_app.record import DatabaseBooks, record_run
from tests.metrics_app.records import a_record, an_end

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).parent.parent.parent
THREADS = 6
EACH = 15
DIME = Decimal("0.1")
OWNERS = (1, 2)


def spent(owner_id: int) -> Decimal:
    """An owner who came too late every time has no row."""
    return sum(Spending.objects.filter(owner_id=owner_id).values_list("usd", flat=True), Decimal(0))


def spend(owner_id: int, start: Barrier, *, cap: Decimal, owner_cap: Decimal) -> int:
    """How many of `EACH` dimes this thread could set aside."""
    books = DatabaseBooks()
    try:
        start.wait(20)
        return sum(books.reserve(owner_id, DIME, owner_cap=owner_cap, cap=cap) for _ in range(EACH))
    finally:
        books.close()


def settle(owner_id: int, start: Barrier) -> None:
    books = DatabaseBooks()
    try:
        start.wait(20)
        for _ in range(EACH):
            assert books.reserve(owner_id, DIME, owner_cap=None, cap=None)
            books.settle(owner_id, reserved=DIME, spent=DIME / 2)
    finally:
        books.close()


@pytest.mark.parametrize(
    ("cap", "owner_cap", "granted"),
    [("3.3", "99", 33), ("99", "1.7", 34), ("3.3", "1.7", 33)],
)
def test_together_they_use_up_a_cap_and_never_pass_it(
    cap: str, owner_cap: str, granted: int
) -> None:
    start = Barrier(THREADS)
    with ThreadPoolExecutor(THREADS) as pool:
        threads = [
            pool.submit(spend, OWNERS[n % 2], start, cap=Decimal(cap), owner_cap=Decimal(owner_cap))
            for n in range(THREADS)
        ]
        dimes = [thread.result(60) for thread in threads]
    assert sum(dimes) == granted
    assert spent(EVERYBODY) == granted * DIME <= Decimal(cap)
    for place, owner_id in enumerate(OWNERS):
        assert spent(owner_id) == sum(dimes[place::2]) * DIME <= Decimal(owner_cap)


def test_what_is_settled_at_once_is_neither_lost_nor_counted_twice() -> None:
    start = Barrier(THREADS)
    with ThreadPoolExecutor(THREADS) as pool:
        for thread in [pool.submit(settle, OWNERS[n % 2], start) for n in range(THREADS)]:
            thread.result(60)
    assert spent(EVERYBODY) == THREADS * EACH * DIME / 2
    assert spent(1) == spent(2) == spent(EVERYBODY) / 2


def test_one_answer_kept_by_many_at_once_is_there_once_with_every_record() -> None:
    start = Barrier(THREADS)
    again = uuid.uuid4()

    def keep() -> None:
        books = DatabaseBooks()
        try:
            start.wait(20)
            books.keep("0" * 64, "{}", 1, a_record())
            books.record(a_record(record_id=again))
        finally:
            books.close()

    with ThreadPoolExecutor(THREADS) as pool:
        for thread in [pool.submit(keep) for _ in range(THREADS)]:
            thread.result(60)
    assert KeptAnswer.objects.count() == 1
    assert Call.objects.count() == THREADS + 1


def test_a_run_recorded_by_many_at_once_is_there_once() -> None:
    ends = [an_end() for _ in range(EACH)]
    start = Barrier(THREADS)

    def record() -> None:
        try:
            start.wait(20)
            for end in ends:
                record_run(end)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        for thread in [pool.submit(record) for _ in range(THREADS)]:
            thread.result(60)
    assert set(Run.objects.values_list("run_id", flat=True)) == {end.run_id for end in ends}
    assert Run.objects.count() == EACH
    assert StageTiming.objects.count() == EACH * len(ends[0].stages)


def test_eight_threads_lose_none_of_twelve_thousand_records() -> None:
    start = Barrier(8)

    def record() -> None:
        books = DatabaseBooks()
        try:
            start.wait(20)
            for _ in range(1_500):
                books.record(a_record())
        finally:
            books.close()

    with ThreadPoolExecutor(8) as pool:
        for thread in [pool.submit(record) for _ in range(8)]:
            thread.result(400)
    assert Call.objects.count() == 12_000


def test_four_processes_lose_none_of_six_thousand_records(live_env: dict[str, str]) -> None:
    environment = {**live_env, "DJANGO_SETTINGS_MODULE": "speechcoach.settings"}
    command = [sys.executable, "-m", "tests.metrics_app.recorder", "1500"]
    recorders = [subprocess.Popen(command, cwd=ROOT, env=environment) for _ in range(4)]
    assert [recorder.wait(400) for recorder in recorders] == [0, 0, 0, 0]
    assert Run.objects.count() == 6_000
    assert StageTiming.objects.count() == 2 * 6_000
