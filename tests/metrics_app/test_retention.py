from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from metrics_app import retention, rollups
from metrics_app.hourly_books import CALLS, Book
from metrics_app.models import (
    Alert,
    Call,
    HourlyCalls,
    HourlyRuns,
    HourlyStages,
    Run,
    StageTiming,
)
from metrics_app.retention import purge
from metrics_app.rollups import roll_up
from tests.metrics_app.measured import NOON, a_call, a_run, minutes, save, with_stages

pytestmark = pytest.mark.django_db

KEPT = timedelta(days=90)


def test_what_is_too_old_goes_and_its_hour_stays() -> None:
    with_stages(a_run(), media=5)
    save([a_call(), a_call()])
    assert purge(now=NOON + KEPT + minutes(59)) == 0
    assert purge(now=NOON + KEPT + minutes(60)) == 3
    assert not Call.objects.exists()
    assert not Run.objects.exists()
    assert not StageTiming.objects.exists()
    assert HourlyCalls.objects.get().calls == 2
    assert HourlyRuns.objects.get().runs == 1
    for table in (HourlyCalls, HourlyRuns, HourlyStages):
        assert table.objects.get().milliseconds is None


def test_what_came_late_is_added_up_before_it_goes() -> None:
    a_call().save()
    roll_up(now=NOON + timedelta(days=1))
    a_call(outcome="timeout").save()
    assert purge(now=NOON + KEPT + minutes(60)) == 2
    assert sum(HourlyCalls.objects.values_list("calls", flat=True)) == 2


def test_an_hour_that_cannot_be_added_up_keeps_its_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "add_up", lambda *_: False)
    a_call().save()
    assert purge(now=NOON + KEPT + minutes(60)) == 0
    assert Call.objects.count() == 1


def test_what_comes_in_while_an_hour_goes_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(book: Book, hour: datetime) -> tuple[int, int]:
        found = rollups.rows_and_known(book, hour)
        if book is CALLS:
            a_call(outcome="timeout").save()
        return found

    save([a_call(), a_call()])
    with monkeypatch.context() as patch:
        patch.setattr(retention, "rows_and_known", late)
        assert purge(now=NOON + KEPT + minutes(60)) == 0
    assert Call.objects.count() == 2  # the third was of this very transaction
    assert purge(now=NOON + KEPT + minutes(60)) == 2


def test_alerts_that_have_been_over_for_as_long_go_too() -> None:
    for closed_at in (NOON - timedelta(days=1), NOON + timedelta(days=1), None):
        Alert.objects.create(
            rule="p95", severity="warning", opened_at=NOON - timedelta(days=2), closed_at=closed_at
        )
    purge(now=NOON + KEPT)
    assert set(Alert.objects.values_list("closed_at", flat=True)) == {
        NOON + timedelta(days=1),
        None,
    }


def test_it_takes_a_rest_after_two_days_of_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "HOURS_AT_ONCE", 2)
    save(a_call(NOON + hour * minutes(60)) for hour in range(3))
    now = NOON + KEPT + timedelta(days=1)
    assert [purge(now=now), purge(now=now), purge(now=now)] == [2, 1, 0]


def test_how_long_is_a_setting(settings: Settings) -> None:
    a_call().save()
    settings.METRICS_KEEP_DAYS = 0  # for ever
    assert purge(now=NOON + timedelta(days=9999)) == 0
    settings.METRICS_KEEP_DAYS = 2
    assert purge(now=NOON + timedelta(days=3)) == 1
