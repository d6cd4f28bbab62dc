from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries

from metrics_app.measures.calls import By, CallsIn, latency, totals
from metrics_app.models import Call
from metrics_app.spread import NO_SAMPLE
from metrics_app.windows import Scope, Window
from tests.metrics_app.measured import NOON, a_call, a_run, minutes, save

pytestmark = pytest.mark.django_db

HOUR = Window(NOON, NOON + timedelta(hours=1))


class TestPercentiles(TestCase):
    """On either database what numpy says."""

    @settings(deadline=None, max_examples=40)  # a database has its own pace
    @given(st.lists(st.integers(0, 2**31 - 1), min_size=1, max_size=20))
    def test_are_interpolated_between_values(self, values: list[int]) -> None:
        Call.objects.bulk_create(a_call(latency_ms=value) for value in values)
        spread = latency(HOUR)[""]
        exact = np.percentile(values, [0, 50, 95, 99, 100]).tolist()
        found = [spread.min, spread.median, spread.p95, spread.p99, spread.max]
        assert found == pytest.approx(exact)
        assert spread.avg == pytest.approx(np.mean(values))
        assert (spread.count, spread.error_bound) == (len(values), None)


class TestBorders(TestCase):
    """A microsecond decides; the end belongs to what comes after."""

    @settings(deadline=None, max_examples=40)  # a database has its own pace
    @given(st.lists(st.integers(-3, 3), max_size=8), st.integers(-3, 3), st.integers(-3, 3))
    def test_cut_exactly(self, moments: list[int], one: int, other: int) -> None:
        tick = timedelta(microseconds=1)
        Call.objects.bulk_create(a_call(NOON + n * tick) for n in moments)
        first, last = sorted((one, other))
        window = Window(NOON + first * tick, NOON + last * tick)
        inside = sum(first <= n < last for n in moments)
        assert totals(window)[""].calls == inside
        assert latency(window)[""].count == inside


def test_nothing_was_called() -> None:
    assert latency(HOUR) == {"": NO_SAMPLE}
    assert latency(HOUR, by="model") == {}
    assert totals(HOUR, by="model") == {}
    nothing = totals(HOUR)[""]
    assert (nothing.calls, nothing.usd, dict(nothing.by_outcome)) == (0, Decimal(0), {})
    assert nothing.error_rate is None
    assert nothing.hit_rate is None


def test_latency_is_of_what_was_sent_failed_or_not() -> None:
    save(
        [
            a_call(latency_ms=100),
            a_call(latency_ms=300, outcome="timeout"),
            a_call(latency_ms=None, outcome="spend_cap"),
            a_call(latency_ms=1, cache_hit=True),
        ]
    )
    spread = latency(HOUR)[""]
    assert (spread.count, spread.avg) == (2, 200)


def test_figures_come_by_purpose_or_model_in_their_order() -> None:
    save(
        [
            a_call(purpose="review", model="large", latency_ms=30),
            a_call(purpose="check", model="small", latency_ms=10),
            a_call(purpose="check", model="large", latency_ms=20),
        ]
    )
    by_purpose = latency(HOUR, by="purpose")
    assert [(name, spread.avg) for name, spread in by_purpose.items()] == [
        ("check", 15),
        ("review", 30),
    ]
    assert [(name, found.calls) for name, found in totals(HOUR, by="model").items()] == [
        ("large", 2),
        ("small", 1),
    ]


def test_a_scope_narrows_by_purpose_kind_and_queue_of_the_run() -> None:
    slow = uuid.uuid4()
    a_run(run_id=slow, queue="low").save()
    save([a_call(purpose="check"), a_call(run_kind="drill"), a_call(run_id=slow)])
    for scope in (Scope(operation="check"), Scope(kind="drill"), Scope(priority="low")):
        assert totals(HOUR, scope)[""].calls == 1
        assert latency(HOUR, scope)[""].count == 1
    assert totals(HOUR, Scope("check", "drill"))[""].calls == 0


def test_totals_add_up_tokens_sound_and_money() -> None:
    save(
        [
            a_call(tokens_in=1, tokens_cached=2, tokens_out=4, cost_usd=Decimal("0.1")),
            a_call(tokens_in=8, tokens_cached=None, tokens_out=16, cost_usd=Decimal("0.2")),
            a_call(tokens_in=None, tokens_out=None, audio_ms=500, cost_usd=None),
        ]
    )
    found = totals(HOUR)[""]
    assert (found.tokens_in, found.tokens_cached, found.tokens_out) == (9, 102, 20)
    assert (found.audio_ms, found.usd, found.unpriced) == (500, Decimal("0.3"), 1)


def test_who_did_not_answer_for_us_is_no_error_of_the_model() -> None:
    outcomes = ["ok", "ok", "timeout", "malformed", "cancelled"]
    save(a_call(outcome=outcome) for outcome in outcomes)
    found = totals(HOUR)[""]
    assert (found.calls, found.errors) == (5, 2)
    assert found.error_rate == pytest.approx(2 / 5)
    assert found.by_outcome["ok"] == 2


def test_what_was_held_back_was_never_sent() -> None:
    """By our own cap, breaker or budget."""
    save(a_call(outcome=outcome) for outcome in ["ok", "spend_cap", "spend_cap", "unavailable"])
    found = totals(HOUR)[""]
    assert (found.calls, found.errors, found.by_outcome) == (1, 0, {"ok": 1})
    assert found.held_back == {"spend_cap": 2, "unavailable": 1}


def test_several_groupings_are_read_once_and_say_the_same(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    dice = Random(1)
    Call.objects.bulk_create(
        a_call(
            purpose=dice.choice(["check", "review"]),
            model=dice.choice(["large", "small", "sound"]),
            outcome=dice.choice(["ok", "timeout"]),
            latency_ms=dice.choice([None, dice.randrange(9_000)]),
        )
        for _ in range(200)
    )
    every: tuple[By, ...] = ("", "purpose", "model")
    found = CallsIn(HOUR)
    with django_assert_num_queries(3):  # one is about hours
        latencies, sums = found.latencies(*every), found.totals(*every)
    assert latencies == {by: latency(HOUR, by=by) for by in every}
    assert sums == {by: totals(HOUR, by=by) for by in every}
    assert sum(spread.count for spread in latencies["model"].values()) == latencies[""][""].count


def test_hits_are_no_calls_and_count_against_what_could_hit() -> None:
    save(
        [
            a_call(cache_hit=True, could_hit=True, tokens_in=0, cost_usd=Decimal(0)),
            a_call(could_hit=True),
            a_call(),
        ]
    )
    found = totals(HOUR)[""]
    assert (found.calls, found.hits, found.could_hit, found.hit_rate) == (2, 1, 2, 0.5)
    assert dict(found.by_outcome) == {"ok": 2}


def test_what_nobody_worked_for_is_not_unpriced() -> None:
    save([a_call(outcome="rate_limited", cost_usd=None), a_call(outcome="timeout", cost_usd=None)])
    assert totals(HOUR)[""].unpriced == 1


def test_money_is_exact_where_binary_fractions_are_not() -> None:
    save(a_call(NOON + minutes(n / 100), cost_usd=Decimal("0.1")) for n in range(30))
    assert totals(HOUR)[""].usd == 3
