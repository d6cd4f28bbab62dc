from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from metrics_app.histograms import of_latencies
from metrics_app.hourly_books import CALLS, RUNS, Book
from metrics_app.models import HourlyCalls, TotalCalls, TotalRuns
from metrics_app.rollups import roll_up
from metrics_app.tally import Tally
from tests.metrics_app.measured import NOON, a_call, a_run, minutes, save

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=1)
Key = tuple[Any, ...]


def in_total(book: Book) -> dict[Key, Mapping[str, Any]]:
    return {_key(book, row): _figures(book, row) for row in book.totals._default_manager.values()}


def of_hours(book: Book) -> dict[Key, Mapping[str, Any]]:
    """All hours added up anew."""
    tallies: dict[Key, Tally] = {}
    for row in book.hours._default_manager.values():
        tallies.setdefault(_key(book, row), Tally()).add(book, row)
    return {key: tally.fields(book) for key, tally in tallies.items()}


def _key(book: Book, row: Mapping[str, Any]) -> Key:
    return tuple(row[name] for name in book.keys)


def _figures(book: Book, row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in (*book.sums, *book.spreads)}


def test_hold_what_is_alike_of_all_hours() -> None:
    save(
        [
            a_call(latency_ms=20, cost_usd=Decimal("0.1")),
            a_call(NOON + minutes(99), latency_ms=20, cost_usd=Decimal("0.2"), tokens_in=None),
            a_call(NOON + minutes(99), model="small"),
            a_run(NOON + minutes(300)),
        ]
    )
    roll_up(now=LATER)
    large = TotalCalls.objects.get(model="large")
    assert (large.calls, large.cost_usd, large.tokens_in) == (2, Decimal("0.3"), 900)
    assert large.latency == of_latencies([20, 20])
    assert large.until == NOON + minutes(120)
    assert TotalCalls.objects.get(model="small").calls == 1
    assert TotalRuns.objects.get().until == NOON + minutes(360)


def test_of_an_hour_that_is_added_up_again_hold_what_is_new() -> None:
    a_call().save()
    roll_up(now=LATER)
    roll_up(now=LATER)
    assert TotalCalls.objects.get().calls == 1
    save([a_call(), a_call(NOON - timedelta(days=3))])
    roll_up(NOON - timedelta(days=3), now=LATER)
    assert TotalCalls.objects.get().calls == 3
    assert TotalCalls.objects.get().until == NOON + minutes(60)


class TestAnyOrderOfAddingUp(TestCase):
    @settings(deadline=None, max_examples=40)  # a database has its own pace
    @given(
        st.lists(
            st.tuples(
                st.lists(
                    st.tuples(
                        st.integers(-300, 300),
                        st.sampled_from(["large", "small"]),
                        st.none() | st.integers(0, 10_000),
                    ),
                    max_size=4,
                ),
                st.integers(-300, 300),
            ),
            max_size=4,
        )
    )
    def test_leaves_totals_the_sums_of_the_hours(
        self, steps: list[tuple[list[tuple[int, str, int | None]], int]]
    ) -> None:
        for rows, since in steps:
            for at, name, ms in rows:
                a_call(NOON + minutes(at), model=name, latency_ms=ms, tokens_out=ms).save()
                a_run(NOON + minutes(at), mode=name, total_ms=ms).save()
            roll_up(NOON + minutes(since), now=LATER)
        for book in (CALLS, RUNS):
            assert in_total(book) == of_hours(book)


@pytest.mark.django_db(transaction=True)
def test_are_made_of_the_hours_there_were_before_them() -> None:
    before = _migrated_to("0004_metrics").get_model("metrics_app", "HourlyCalls").objects
    alike = {
        "run_kind": "session",
        "purpose": "coaching",
        "model": "large",
        "outcome": "ok",
        "cache_hit": False,
    }
    sums = dict.fromkeys(CALLS.sums, 2)
    for hour in range(2):
        before.create(hour=NOON + minutes(60 * hour), **alike, **sums, latency={"32": 1, "64": 1})
    _migrated_to(None)
    total = TotalCalls.objects.get(**alike)
    assert (total.calls, total.until) == (4, NOON + minutes(120))
    assert total.latency == of_latencies([20, 40, 20, 40])
    assert HourlyCalls.objects.get(hour=NOON).latency == of_latencies([20, 40])


def _migrated_to(name: str | None) -> StateApps:
    """`None`: to the last one."""
    executor = MigrationExecutor(connection)
    last = [node for node in executor.loader.graph.leaf_nodes() if node[0] == "metrics_app"]
    wanted: list[tuple[str, str | None]] = [("metrics_app", name)] if name else [*last]
    state = executor.migrate(wanted)
    return state.apps
