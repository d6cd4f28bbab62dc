"""Wide windows: hours that were added up, and the rows around them, say what all rows say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

import pytest
import time_machine

from metrics_app.histograms import ERROR_BOUND
from metrics_app.measures import calls, hours, runs
from metrics_app.models import Call, HourlyCalls, HourlyRuns, Run, StageTiming
from metrics_app.rollups import roll_up
from metrics_app.spread import Spread
from metrics_app.windows import Scope, Window
from tests.metrics_app.measured import NOON, a_call, a_run, minutes, with_stages

pytestmark = pytest.mark.django_db

WIDE = Window(NOON - timedelta(hours=7, minutes=20), NOON + minutes(40))
INSIDE = Window(NOON - timedelta(hours=6), NOON - timedelta(hours=2))
LIMIT = 50


@pytest.fixture(autouse=True)
def now_and_rows(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """More than may be read row by row, over a whole day; five hours of the window are added up."""
    dice = Random(1)

    def moments() -> Iterator[float]:
        return (dice.uniform(-12 * 60, 12 * 60) for _ in range(600))

    Call.objects.bulk_create(
        a_call(
            NOON + minutes(at),
            model=dice.choice(["large", "small"]),
            purpose=dice.choice(["check", "review"]),
            outcome=dice.choice(["ok", "timeout"]),
            cache_hit=dice.random() < 0.2,
            could_hit=dice.random() < 0.5,
            latency_ms=dice.randrange(20_000),
        )
        for at in moments()
    )
    Run.objects.bulk_create(
        a_run(
            NOON + minutes(at),
            mode=dice.choice(["parallel", "sequential", ""]),
            queue=dice.choice(["default", "low"]),
            outcome=dice.choice(["completed", "failed", "cancelled"]),
            degraded=dice.random() < 0.3,
            variants={"parallel_ai_processing": dice.random() < 0.7},
            regenerated=dice.choice([True, False, None]),
            total_ms=dice.choice([None, dice.randrange(90_000)]),
        )
        for at in moments()
    )
    StageTiming.objects.bulk_create(
        StageTiming(run=run, stage=stage, state="done", duration_ms=dice.randrange(9_000))
        for run in Run.objects.all()
        for stage in ("media", "rules", "scoring")
    )
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        roll_up(now=NOON - minutes(30))
        yield


def close(found: dict[str, Spread], exact: dict[str, Spread]) -> bool:
    """The average exactly, the rest within the bound that it tells."""
    assert list(found) == list(exact)
    for name, spread in found.items():
        assert spread.error_bound == ERROR_BOUND
        assert spread.count == exact[name].count
        assert spread.avg == pytest.approx(exact[name].avg)
        for part in ("min", "median", "p95", "p99", "max"):
            expected = pytest.approx(getattr(exact[name], part), rel=ERROR_BOUND)
            assert getattr(spread, part) == expected
    return True


@pytest.mark.parametrize("by", ["", "purpose", "model"])
@pytest.mark.parametrize("scope", [Scope(), Scope("check"), Scope(kind="session")])
def test_calls(by: calls.By, scope: Scope, monkeypatch: pytest.MonkeyPatch) -> None:
    exact, of_few = calls.latency(WIDE, scope, by), calls.totals(WIDE, scope, by)
    monkeypatch.setattr(hours, "ROWS_AT_MOST", LIMIT)
    assert close(calls.latency(WIDE, scope, by), exact)
    of_many = calls.totals(WIDE, scope, by)
    HourlyCalls.objects.all().delete()
    assert of_few == of_many == calls.totals(WIDE, scope, by)
    assert exact == calls.latency(WIDE, scope, by)


@pytest.mark.parametrize("by", ["", "kind", "mode", "queue"])
@pytest.mark.parametrize("scope", [Scope(), Scope(priority="low"), Scope(kind="session")])
def test_runs(by: runs.By, scope: Scope, monkeypatch: pytest.MonkeyPatch) -> None:
    exact, of_few = runs.durations(WIDE, scope, by), runs.totals(WIDE, scope, by)
    monkeypatch.setattr(hours, "ROWS_AT_MOST", LIMIT)
    assert close(runs.durations(WIDE, scope, by), exact)
    of_many = runs.totals(WIDE, scope, by)
    HourlyRuns.objects.all().delete()
    assert of_few == of_many == runs.totals(WIDE, scope, by)
    assert exact == runs.durations(WIDE, scope, by)


@pytest.mark.parametrize("scope", [Scope(), Scope(priority="low"), Scope(kind="session")])
def test_stages(scope: Scope, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = runs.stage_durations(WIDE, scope)
    assert {spread.error_bound for spread in exact.values()} == {None}
    monkeypatch.setattr(hours, "ROWS_AT_MOST", LIMIT)
    assert close(runs.stage_durations(WIDE, scope), exact)
    HourlyRuns.objects.all().delete()
    assert exact == runs.stage_durations(WIDE, scope)


def test_stages_are_more_than_their_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hours, "ROWS_AT_MOST", 300)  # some 125 in these hours, with three each
    assert runs.durations(WIDE)[""].error_bound is None
    assert runs.stage_durations(WIDE)["rules"].error_bound == ERROR_BOUND


def test_what_is_not_too_much_is_exact_without_its_rows_too() -> None:
    before = calls.latency(INSIDE), runs.durations(INSIDE), runs.stage_durations(INSIDE)
    Call.objects.all().delete()
    StageTiming.objects.all().delete()
    Run.objects.update(total_ms=None)
    found = calls.latency(INSIDE), runs.durations(INSIDE), runs.RunsIn(INSIDE).stages()
    assert found == before
    assert {spread.error_bound for each in found for spread in each.values()} == {None}


def test_what_an_hour_no_longer_holds_one_by_one_comes_from_its_histogram() -> None:
    exact = calls.latency(WIDE)
    HourlyCalls.objects.filter(hour=NOON - timedelta(hours=3)).update(milliseconds=None)
    assert close(calls.latency(WIDE), exact)


def test_runs_may_be_recorded_in_another_order_than_they_end() -> None:
    early = a_run(WIDE.since + minutes(1))
    with_stages(early, media=123_456)
    assert runs.stage_durations(WIDE)["media"].max == 123_456


def test_hours_know_no_queue_of_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hours, "ROWS_AT_MOST", LIMIT)
    run = Run.objects.filter(queue="low").first()
    assert run is not None
    a_call(NOON - minutes(100), run_id=run.run_id).save()
    assert calls.latency(WIDE, Scope(priority="low"))[""].count == 1
    assert calls.latency(WIDE, Scope(priority="low"))[""].error_bound is None


def test_a_window_without_a_whole_hour_is_read_row_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hours, "ROWS_AT_MOST", 0)
    between = Window(NOON - timedelta(hours=3, minutes=-10), NOON - timedelta(hours=2, minutes=-10))
    expected = Call.objects.filter(
        started_at__gte=between.since, started_at__lt=between.until, cache_hit=False
    )
    assert calls.latency(between)[""].count == expected.count()
    assert calls.latency(between)[""].error_bound is None


def test_what_has_been_purged_is_read_by_the_hour() -> None:
    calls_before, runs_before = calls.totals(INSIDE)[""].calls, runs.totals(INSIDE)[""].runs
    with time_machine.travel(NOON + timedelta(days=91), tick=False):
        Call.objects.all().delete()
        Run.objects.all().delete()
        assert calls.totals(INSIDE)[""].calls == calls_before
        assert runs.totals(INSIDE)[""].runs == runs_before
