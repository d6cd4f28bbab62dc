from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import Settings

from metrics_app.measures import calls, runs
from metrics_app.measures.days import Day, days
from metrics_app.models import Call, Run
from metrics_app.rollups import roll_up
from metrics_app.spread import NO_SAMPLE
from tests.metrics_app.measured import NOON, a_call, a_run, minutes, save

pytestmark = pytest.mark.django_db

TODAY = NOON.date()
MIDNIGHT = datetime(2026, 6, 1, tzinfo=UTC)


def test_days_without_a_run_are_there_too() -> None:
    none = [runs.added_up(()), calls.added_up(()), NO_SAMPLE]
    assert days(TODAY, 3) == [Day(date(2026, 5, 30 + n), *none) for n in range(2)] + [  # type: ignore[arg-type]
        Day(TODAY, *none)  # type: ignore[arg-type]
    ]


def test_a_day_begins_at_midnight_of_utc(settings: Settings) -> None:
    settings.TIME_ZONE = "Asia/Tokyo"
    tick = timedelta(microseconds=1)
    for moment in (MIDNIGHT - tick, MIDNIGHT, MIDNIGHT + timedelta(days=1) - tick):
        save([a_call(moment), a_run(moment)])
    save([a_call(MIDNIGHT + timedelta(days=1)), a_run(MIDNIGHT + timedelta(days=1))])
    assert [(day.runs.runs, day.calls.calls, day.durations.count) for day in days(TODAY, 2)] == [
        (1, 1, 1),
        (2, 2, 2),
    ]


def test_only_the_kind_that_is_asked_for_counts() -> None:
    save([a_run(), a_run(kind="drill"), a_call(), a_call(run_kind="drill"), a_call()])
    (day,) = days(TODAY, 1, "drill")
    assert (day.runs.runs, day.calls.calls, day.durations.count) == (1, 1, 1)


@pytest.mark.parametrize("rolled", [False, True])
def test_times_are_of_whole_completed_runs_of_the_queue_that_is_asked_for(rolled: bool) -> None:
    save([a_run(total_ms=10_000), a_run(total_ms=900_000, queue="drafts"), a_run(total_ms=None)])
    save([a_run(total_ms=1, outcome="failed"), a_run(NOON + timedelta(days=1))])
    if rolled:
        roll_up(now=NOON + timedelta(days=1))
    (day,) = days(TODAY, 1, timed="default")
    assert day.runs.runs == 4
    assert (day.durations.count, day.durations.avg) == (1, 10_000)
    assert days(TODAY, 1)[0].durations.count == 2


def test_hours_and_the_rows_since_then_make_the_same_days() -> None:
    for hour in range(-30, 12):
        save([a_call(NOON + hour * minutes(60)), a_run(NOON + hour * minutes(60))])
    before = days(TODAY, 3)
    for added_up_at in (NOON - timedelta(hours=20), NOON, NOON + timedelta(days=1)):
        roll_up(now=added_up_at)
        found = days(TODAY, 3)
        assert [day.calls for day in found] == [day.calls for day in before]
        assert [day.durations for day in found] == [day.durations for day in before]
        assert [day.runs.by_outcome for day in found] == [day.runs.by_outcome for day in before]
        assert [day.runs.difference for day in found] == [None, *[pytest.approx(0.1)] * 2]


def test_days_are_known_longer_than_their_runs() -> None:
    save([a_call(), a_run()])
    roll_up(now=NOON + timedelta(days=1))
    Call.objects.all().delete()
    Run.objects.all().delete()
    (day,) = days(TODAY, 1)
    assert (day.runs.runs, day.calls.calls, day.durations.count) == (1, 1, 1)
    assert day.runs.difference is None
