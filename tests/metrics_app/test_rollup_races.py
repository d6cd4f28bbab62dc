"""Several who add up at once, each on a real connection of either database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from metrics_app.models import Call, HourlyCalls, HourlyRuns, Run
from metrics_app.retention import purge
from metrics_app.rollups import roll_up
from tests.metrics_app.measured import NOON, a_call, a_run, minutes

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 4
HOURS = 5
EACH = 20


def test_they_leave_every_hour_once_with_all_of_it() -> None:
    models = ("large", "small")
    for hour in range(HOURS):
        at = NOON + hour * minutes(60)
        Call.objects.bulk_create(a_call(at, model=models[n % 2]) for n in range(EACH))
        Run.objects.bulk_create(a_run(at) for n in range(EACH))
    start = Barrier(THREADS)

    def work() -> None:
        try:
            start.wait(20)
            roll_up(now=NOON + timedelta(days=1))
            purge(now=NOON + timedelta(days=95))
            roll_up(NOON, now=NOON + timedelta(days=1))
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        for done in [pool.submit(work) for _ in range(THREADS)]:
            done.result(60)
    assert list(HourlyCalls.objects.values_list("calls", flat=True)) == [EACH // 2] * 2 * HOURS
    assert list(HourlyRuns.objects.values_list("runs", flat=True)) == [EACH] * HOURS
    assert not Call.objects.exists()
    assert not Run.objects.exists()
