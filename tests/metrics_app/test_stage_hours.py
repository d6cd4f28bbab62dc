from __future__ import annotations

from datetime import timedelta

import pytest

from metrics_app.histograms import of_latencies
from metrics_app.models import HourlyStages
from metrics_app.rollups import roll_up
from tests.metrics_app.measured import NOON, a_run, minutes, with_stages

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=1)


def test_each_stage_has_its_hour_by_kind_and_queue() -> None:
    with_stages(a_run(), media=100, rules=20)
    with_stages(a_run(NOON + minutes(59)), media=300, rules=None)
    with_stages(a_run(NOON + minutes(60)), media=7)
    with_stages(a_run(queue="drafts"), media=9_000)
    roll_up(now=LATER)
    found = HourlyStages.objects.filter(hour=NOON, queue="default").order_by("stage")
    assert list(found.values_list("kind", "stage", "duration_ms", "durations")) == [
        ("session", "media", 400, of_latencies([100, 300])),
        ("session", "rules", 20, of_latencies([20])),
    ]
    assert HourlyStages.objects.count() == 4


def test_only_whole_completed_runs_are_in_it() -> None:
    with_stages(a_run(outcome="failed"), media=100)
    with_stages(a_run(total_ms=None), media=100)
    roll_up(now=LATER)
    assert not HourlyStages.objects.exists()


def test_an_hour_that_is_added_up_again_has_each_stage_once() -> None:
    with_stages(a_run(), media=100)
    roll_up(now=LATER)
    with_stages(a_run(), media=50)
    roll_up(since=NOON, now=LATER)
    assert HourlyStages.objects.get().duration_ms == 150
