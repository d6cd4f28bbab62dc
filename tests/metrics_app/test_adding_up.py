from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from metrics_app import adding_up
from metrics_app.adding_up import added_up, roughly_added_up
from metrics_app.histograms import latency_totals, token_totals
from metrics_app.hourly_books import CALLS, RUNS, Book
from metrics_app.models import Call, Run
from metrics_app.tally import Tally
from tests.metrics_app.measured import NOON, a_call, a_run, save

pytestmark = pytest.mark.django_db

ADDING_UP = (added_up, roughly_added_up)
AddingUp = Callable[[Book, QuerySet[Any]], Iterator[Mapping[str, Any]]]
Key = tuple[Any, ...]


@contextmanager
def one_more_before_each_look() -> Iterator[None]:
    """Somebody records a call of a kind that was not there, whenever calls are read."""
    models = count()

    def execute(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("SELECT", "DECLARE")):
            a_call(model=f"model {next(models)}").save()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield


@pytest.mark.parametrize("adding", ADDING_UP)
def test_what_comes_in_meanwhile_is_in_all_figures_or_in_none(adding: AddingUp) -> None:
    save([a_call(), a_call(latency_ms=5)])
    with one_more_before_each_look():
        found = list(adding(CALLS, Call.objects.all()))
    assert {fields["model"] for fields in found} == {"large", "model 0"}
    for fields in found:
        assert sum(fields["latency"].values()) == fields["calls"]


@pytest.mark.parametrize("adding", ADDING_UP)
def test_it_is_one_statement(adding: AddingUp, django_assert_num_queries: Any) -> None:
    save([a_call(), a_call(model="small")])
    with django_assert_num_queries(1):
        assert len(list(adding(CALLS, Call.objects.all()))) == 2


@pytest.mark.parametrize("adding", ADDING_UP)
def test_what_is_not_known_adds_nothing(adding: AddingUp) -> None:
    a_call(latency_ms=None, tokens_in=None, cost_usd=None, tokens_out=7).save()
    (fields,) = adding(CALLS, Call.objects.all())
    assert (fields["calls"], fields["unpriced"]) == (1, 1)
    assert (fields["latency_ms"], fields["tokens_in"], fields["cost_usd"]) == (0, 0, 0)
    assert (fields["latency"], fields["tokens_in_spread"]) == ({}, {})
    assert fields["tokens_out_spread"] == {"2": 1}


@pytest.mark.parametrize("adding", ADDING_UP)
def test_money_stays_exact(adding: AddingUp) -> None:
    save(a_call(cost_usd=Decimal("0.1")) for _ in range(3))
    (fields,) = adding(CALLS, Call.objects.all())
    assert fields["cost_usd"] == Decimal("0.3")


def test_rows_are_read_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding_up, "AT_A_TIME", 2)
    save(a_run(total_ms=n, mode="abc"[n % 3]) for n in range(7))
    found = {fields["mode"]: fields for fields in added_up(RUNS, Run.objects.all())}
    assert {mode: fields["runs"] for mode, fields in found.items()} == {"a": 3, "b": 2, "c": 2}
    assert {mode: fields["total_ms"] for mode, fields in found.items()} == {"a": 9, "b": 5, "c": 7}
    assert sum(found["a"]["total"].values()) == 3


MILLISECONDS = st.none() | st.integers(0, 30) | st.integers(0, 2**31 - 1) | st.sampled_from(
    [end + more for n in range(16) for end in (10 * 2**n,) for more in (0, 1)]
)  # fmt: skip
TOKENS = st.none() | st.integers(0, 2**31 - 1) | st.sampled_from(
    [4**n + more for n in range(14) for more in (0, 1)]
)  # fmt: skip


class TestRoughly(TestCase):
    """All that Prometheus is told is the same by either way."""

    @settings(deadline=None, max_examples=60)  # a database has its own pace
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["large", "small"]),
                MILLISECONDS,
                TOKENS,
                st.none() | st.decimals("0", "9", places=8),
                st.booleans(),
            ),
            max_size=12,
        )
    )
    def test_is_the_same_at_the_bounds(
        self, rows: list[tuple[str, int | None, int | None, Decimal | None, bool]]
    ) -> None:
        Call.objects.bulk_create(
            a_call(
                NOON, model=model, latency_ms=ms, tokens_in=n, tokens_out=n, cost_usd=usd,
                cache_hit=hit, could_hit=hit,
            )
            for model, ms, n, usd, hit in rows
        )  # fmt: skip
        rough, exact = by_key(roughly_added_up), by_key(added_up)
        assert rough.keys() == exact.keys()
        for key, one in exact.items():
            other = rough[key]
            assert other.sums == one.sums
            assert latency_totals(other.histogram("latency")) == latency_totals(
                one.histogram("latency")
            )
            for name in ("tokens_in_spread", "tokens_out_spread"):
                assert token_totals(other.histogram(name)) == token_totals(one.histogram(name))


def by_key(adding: AddingUp) -> dict[Key, Tally]:
    found: dict[Key, Tally] = {}
    for fields in adding(CALLS, Call.objects.all()):
        key = tuple(fields[name] for name in CALLS.keys)
        found.setdefault(key, Tally()).add(CALLS, fields)
    return found
