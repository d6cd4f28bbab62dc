from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from metrics_app.measures.ever import Ever, prometheus_totals
from metrics_app.models import Call, Run
from metrics_app.retention import purge
from metrics_app.rollups import roll_up
from tests.metrics_app.measured import NOON, a_call, a_run, minutes, save

pytestmark = pytest.mark.django_db


def test_nothing_ever_happened() -> None:
    assert prometheus_totals() == Ever((), ())


def test_calls_that_are_alike_are_one() -> None:
    save(
        [
            a_call(latency_ms=20, tokens_in=4),
            a_call(NOON + minutes(99), latency_ms=21, tokens_in=None, cost_usd=Decimal("0.2")),
            a_call(outcome="timeout", latency_ms=None),
        ]
    )
    ok, timeout = prometheus_totals().calls
    assert (ok.run_kind, ok.purpose, ok.model, ok.outcome) == ("session", "verdicts", "large", "ok")
    assert (ok.calls, ok.cache_hit, ok.usd) == (2, False, Decimal("0.21"))
    assert (ok.latency.count, ok.latency.sum) == (2, 0.041)
    assert ok.latency.buckets == (0, 1, *[2] * 15)
    assert (ok.tokens_in.count, ok.tokens_in.sum, ok.tokens_in.buckets[0]) == (1, 4, 0)
    assert (ok.tokens_in.buckets[1], ok.tokens_cached) == (1, 200)
    assert (timeout.outcome, timeout.latency.count) == ("timeout", 0)


def test_runs_that_are_alike_are_one() -> None:
    save(
        [a_run(total_ms=9000), a_run(queue="low", total_ms=None), a_run(mode="", outcome="failed")]
    )
    failed, completed = prometheus_totals().runs
    assert (failed.mode, failed.outcome, failed.runs) == ("", "failed", 1)
    assert (completed.kind, completed.mode, completed.runs) == ("session", "parallel", 2)
    assert (completed.duration.count, completed.duration.sum) == (1, 9)


class TestCounters(TestCase):
    """Whatever has been added up or purged already, each call is counted once."""

    @settings(deadline=None, max_examples=40)  # a database has its own pace
    @given(st.lists(st.integers(-300, 300), max_size=10), st.integers(-360, 360), st.booleans())
    def test_stay_the_same(self, moments: list[int], rolled: int, purged: bool) -> None:
        Call.objects.bulk_create(a_call(NOON + minutes(at)) for at in moments)
        Run.objects.bulk_create(a_run(NOON + minutes(at)) for at in moments)
        before = prometheus_totals()
        roll_up(now=NOON + minutes(rolled))
        assert prometheus_totals() == before
        if purged:
            purge(now=NOON + timedelta(days=90) + minutes(rolled))
            assert prometheus_totals() == before
