from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from metrics_app.histograms import of_latencies, of_tokens
from metrics_app.measures.ever import prometheus_totals
from metrics_app.models import Call, HourlyCalls, HourlyRuns, LateRow, Run, TotalCalls
from metrics_app.record import DatabaseBooks, record_run
from metrics_app.rollups import roll_up
from metrics_app.windows import hour_of
from tests.metrics_app.measured import NOON, a_call, a_run, minutes, save
from tests.metrics_app.records import a_record, an_end

pytestmark = pytest.mark.django_db

LATER = NOON + minutes(65)  # the hour from noon on is over, and time for what comes late


def hours_of_calls() -> dict[datetime, int]:
    found: dict[datetime, int] = {}
    for hour, calls in HourlyCalls.objects.values_list("hour", "calls"):
        found[hour] = found.get(hour, 0) + calls
    return found


def test_an_hour_holds_what_its_calls_come_to() -> None:
    save(
        [
            a_call(latency_ms=0, tokens_in=None, could_hit=True),
            a_call(latency_ms=200, tokens_in=5, tokens_out=70, cost_usd=None, audio_ms=9),
            a_call(latency_ms=None, tokens_in=6, tokens_cached=None),
        ]
    )
    assert roll_up(now=LATER) == 1
    hour = HourlyCalls.objects.get()
    assert (hour.hour, hour.run_kind, hour.purpose, hour.model) == (
        NOON,
        "session",
        "verdicts",
        "large",
    )
    assert (hour.outcome, hour.cache_hit, hour.calls, hour.could_hit) == ("ok", False, 3, 1)
    assert (hour.tokens_in, hour.tokens_cached, hour.tokens_out) == (11, 200, 170)
    assert (hour.audio_ms, hour.cost_usd, hour.unpriced) == (9, Decimal("0.02"), 1)
    assert hour.latency_ms == 200
    assert hour.latency == of_latencies([0, 200])
    assert hour.tokens_in_spread == of_tokens([5, 6])
    assert hour.tokens_out_spread == of_tokens([50, 70, 50])


def test_an_hour_holds_what_its_runs_come_to() -> None:
    save(
        [
            a_run(total_ms=100, degraded=True, regenerated=True),
            a_run(total_ms=None, regenerated=None),
            a_run(outcome="failed", mode="", total_ms=7),
        ]
    )
    roll_up(now=LATER)
    failed, completed = HourlyRuns.objects.order_by("-outcome")
    assert (failed.mode, failed.runs, failed.total_ms) == ("", 1, 7)
    assert (completed.kind, completed.queue, completed.runs) == ("session", "default", 2)
    assert (completed.degraded, completed.checked, completed.regenerated) == (1, 1, 1)
    assert completed.total == of_latencies([100])


def test_what_is_not_alike_has_rows_of_its_own() -> None:
    save(
        [
            a_call(),
            a_call(model="small"),
            a_call(purpose="check"),
            a_call(outcome="timeout"),
            a_call(cache_hit=True),
            a_call(run_kind="drill"),
        ]
    )
    roll_up(now=LATER)
    assert list(HourlyCalls.objects.values_list("calls", flat=True)) == [1] * 6


@pytest.mark.parametrize(("now", "hours"), [(minutes(64), 0), (minutes(65), 1)])
def test_an_hour_is_added_up_some_minutes_after_its_end(now: timedelta, hours: int) -> None:
    a_call(NOON + minutes(59)).save()
    assert roll_up(now=NOON + now) == hours


def test_again_changes_nothing() -> None:
    save([a_call(), a_call(NOON + minutes(70)), a_run()])
    roll_up(now=NOON + timedelta(hours=3))
    before = (list(HourlyCalls.objects.values()), list(HourlyRuns.objects.values()))
    roll_up(now=NOON + timedelta(hours=3))
    roll_up(NOON - timedelta(days=9), now=NOON + timedelta(hours=3))
    assert (list(HourlyCalls.objects.values()), list(HourlyRuns.objects.values())) == before


def test_what_comes_late_gets_into_the_last_two_hours() -> None:
    save(a_call(NOON + hour * minutes(60)) for hour in range(4))
    roll_up(now=NOON + minutes(4 * 60 + 5))
    save(a_call(NOON + hour * minutes(60), outcome="timeout") for hour in range(4))
    assert roll_up(now=NOON + minutes(4 * 60 + 5)) == 2
    assert list(hours_of_calls().values()) == [2, 2, 1, 1]
    roll_up(NOON, now=NOON + minutes(4 * 60 + 5))
    assert list(hours_of_calls().values()) == [2, 2, 2, 2]


def test_an_hour_whose_rows_are_gone_keeps_its_figures() -> None:
    save([a_call(), a_call(), a_run(), a_run()])
    roll_up(now=LATER)
    for row in (Call.objects.first(), Run.objects.first()):
        assert row is not None
        row.delete()
    assert roll_up(NOON, now=LATER) == 0
    assert HourlyCalls.objects.get().calls == HourlyRuns.objects.get().runs == 2


@pytest.mark.parametrize("since", [NOON + timedelta(hours=2), NOON + timedelta(days=9)])
def test_no_hour_is_left_out_for_a_start_that_comes_after_it(since: datetime) -> None:
    now = NOON + timedelta(days=1)
    save(a_call(NOON + hour * minutes(60)) for hour in range(3))
    assert roll_up(since, now=now) == 3  # nothing was there
    save(a_call(NOON + hour * minutes(60)) for hour in range(3, 9))
    roll_up(since, now=now)
    assert hours_of_calls() == {NOON + hour * minutes(60): 1 for hour in range(9)}


def test_what_is_recorded_long_after_its_hour_gets_into_it() -> None:
    record(NOON, at=NOON + minutes(1))
    roll_up(now=NOON + timedelta(days=1))
    record(NOON, at=NOON + timedelta(days=1))
    record(NOON - timedelta(hours=30), at=NOON + timedelta(days=1))  # an hour that was empty
    assert roll_up(now=NOON + timedelta(days=1)) == 4
    assert hours_of_calls() == {NOON - timedelta(hours=30): 1, NOON: 2}
    assert list(HourlyRuns.objects.order_by("hour").values_list("runs", flat=True)) == [1, 2]
    assert not LateRow.objects.exists()


def test_what_is_late_for_an_hour_that_is_not_over_for_all_waits() -> None:
    """The clock of another machine may be ahead."""
    record(NOON, at=NOON + minutes(65))
    assert roll_up(now=NOON + minutes(64)) == 0
    assert LateRow.objects.count() == 2
    assert roll_up(now=NOON + minutes(65)) == 2


def record(moment: datetime, *, at: datetime) -> None:
    """A call and a run of that moment, as they are recorded at another."""
    with time_machine.travel(at, tick=False):
        DatabaseBooks().record(a_record(started_at=moment))
        record_run(an_end(finished_at=moment))


class TestLateRecords(TestCase):
    """Whenever it was recorded and added up: in the end each is in its hour once, and in total."""

    @settings(deadline=None, max_examples=40)  # a database has its own pace
    @given(
        st.lists(
            st.tuples(st.integers(0, 40 * 60), st.integers(0, 30 * 60), st.booleans()), max_size=8
        )
    )
    def test_are_all_added_up(self, steps: list[tuple[int, int, bool]]) -> None:
        """Minutes from noon to a record, from then to its being written; and a roll-up after it."""
        now = NOON
        for after, delay, adds_up in steps:
            now = max(now, NOON + minutes(after + delay))
            record(NOON + minutes(after), at=now)
            if adds_up:
                roll_up(now=now)
        roll_up(now=now + timedelta(hours=3))
        hours = Counter(hour_of(NOON + minutes(after)) for after, _delay, _adds_up in steps)
        assert hours_of_calls() == hours
        assert dict(HourlyRuns.objects.values_list("hour", "runs")) == hours
        total = TotalCalls.objects.aggregate(calls=Sum("calls"), usd=Sum("cost_usd"))
        assert (total["calls"] or 0) == len(steps)
        assert (total["usd"] or 0) == len(steps) * Decimal("0.01")
        ever = prometheus_totals()
        assert sum(calls.calls for calls in ever.calls) == len(steps)
        assert sum(runs.duration.count for runs in ever.runs) == len(steps)


class TestSums(TestCase):
    """No call is lost between the hours, or counted in two."""

    @settings(deadline=None, max_examples=40)  # a database has its own pace
    @given(st.lists(st.integers(-3 * 3600, 3 * 3600), max_size=12), st.integers(1, 4))
    def test_of_hours_are_those_of_the_calls_in_them(self, seconds: list[int], times: int) -> None:
        moments = [NOON + timedelta(seconds=n) for n in seconds]
        Call.objects.bulk_create(a_call(moment) for moment in moments)
        for n in range(times):
            roll_up(now=NOON + timedelta(hours=n))
        roll_up(now=NOON + timedelta(hours=4, minutes=5))
        found = hours_of_calls()
        for hour in (NOON + timedelta(hours=n) for n in range(-3, 4)):
            inside = sum(hour <= moment < hour + timedelta(hours=1) for moment in moments)
            assert found.get(hour, 0) == inside


def test_the_command_says_how_much_there_was(capsys: pytest.CaptureFixture[str]) -> None:
    a_call().save()
    call_command("rollup_metrics")
    assert capsys.readouterr().out == "1 hours added up.\n"
    call_command("rollup_metrics", since="2026-06-02")
    assert capsys.readouterr().out == "1 hours added up.\n"  # the last one is each time


def test_the_command_wants_a_date() -> None:
    with pytest.raises(CommandError, match="yesterday is no date"):
        call_command("rollup_metrics", since="yesterday")
