from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from metrics_app.hourly_books import CALLS, RUNS, Book
from metrics_app.models import TotalCalls, TotalRuns
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
    assert large.latency == {"32": 2}
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


def test_are_made_of_the_hours_there_were_before_them() -> None:
    for hour in range(3):
        at = NOON + hour * minutes(60)
        save([a_call(at), a_call(at, model="small", latency_ms=3 * hour), a_run(at)])
    roll_up(now=LATER)
    before = _stored()
    for table in (TotalCalls, TotalRuns):
        table.objects.all().delete()
    import_module("metrics_app.migrations.0005_totals").add_up_hours(apps, None)
    assert _stored() == before


def _stored() -> list[Mapping[str, Any]]:
    """The rows of both tables without their numbers."""
    rows = [*TotalCalls.objects.order_by("pk").values(), *TotalRuns.objects.values()]
    return [{name: value for name, value in row.items() if name != "id"} for row in rows]
