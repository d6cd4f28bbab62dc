from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from metrics_app.adding_up import added_up
from metrics_app.histograms import Histogram, of_latencies, of_tokens
from metrics_app.hourly_books import CALLS
from metrics_app.models import Call
from metrics_app.packing import pack
from tests.metrics_app.measured import NOON, a_call, save

pytestmark = pytest.mark.django_db


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


def test_what_comes_in_meanwhile_is_in_all_figures_or_in_none() -> None:
    save([a_call(), a_call(latency_ms=5)])
    with one_more_before_each_look():
        found = list(added_up(CALLS, Call.objects.all()))
    assert {fields["model"] for fields in found} == {"large", "model 0"}
    for fields in found:
        assert fields["latency"].total == fields["calls"]


def test_it_is_one_statement(django_assert_num_queries: Any) -> None:
    save([a_call(), a_call(model="small")])
    with django_assert_num_queries(1):
        assert len(list(added_up(CALLS, Call.objects.all()))) == 2


def test_what_is_not_known_adds_nothing() -> None:
    a_call(latency_ms=None, tokens_in=None, cost_usd=None, tokens_out=7).save()
    (fields,) = added_up(CALLS, Call.objects.all())
    assert (fields["calls"], fields["unpriced"]) == (1, 1)
    assert (fields["latency_ms"], fields["tokens_in"], fields["cost_usd"]) == (0, 0, 0)
    assert fields["latency"] == fields["tokens_in_spread"] == Histogram()
    assert fields["tokens_out_spread"] == of_tokens([7])
    assert fields["milliseconds"] == b""


def test_money_stays_exact() -> None:
    save(a_call(cost_usd=Decimal("0.1")) for _ in range(3))
    (fields,) = added_up(CALLS, Call.objects.all())
    assert fields["cost_usd"] == Decimal("0.3")


KNOWN = st.none() | st.integers(0, 30) | st.integers(0, 2**31 - 1)


class TestAnyRows(TestCase):
    @settings(deadline=None, max_examples=60)  # a database has its own pace
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["large", "small"]),
                KNOWN,
                KNOWN,
                st.none() | st.decimals("0", "9", places=8),
            ),
            max_size=12,
        )
    )
    def test_come_to_what_they_come_to_one_by_one(
        self, rows: list[tuple[str, int | None, int | None, Decimal | None]]
    ) -> None:
        Call.objects.bulk_create(
            a_call(NOON, model=model, latency_ms=ms, tokens_in=n, tokens_out=n, cost_usd=usd)
            for model, ms, n, usd in rows
        )
        found = {fields["model"]: fields for fields in added_up(CALLS, Call.objects.all())}
        assert found.keys() == {model for model, *_rest in rows}
        for name, fields in found.items():
            of_model = [amounts for model, *amounts in rows if model == name]
            latencies, tokens, money = (
                [amount for amount in column if amount is not None]
                for column in zip(*of_model, strict=True)
            )
            assert (fields["calls"], fields["latency_ms"]) == (len(of_model), sum(latencies))
            assert (fields["tokens_in"], fields["tokens_out"]) == (sum(tokens), sum(tokens))
            assert fields["cost_usd"] == sum(money)
            assert fields["latency"] == of_latencies(latencies)
            assert fields["tokens_in_spread"] == fields["tokens_out_spread"] == of_tokens(tokens)
            assert fields["milliseconds"] == pack(latencies)
