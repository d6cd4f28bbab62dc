from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from metrics_app.histograms import Histogram, of_latencies
from metrics_app.hourly_books import RUNS
from metrics_app.tally import Tally

AMOUNTS = st.integers(0, 10**9)
FIELDS = st.builds(
    lambda sums, values: sums | {"total": of_latencies(values)},
    st.fixed_dictionaries(dict.fromkeys(RUNS.sums, AMOUNTS)),
    st.lists(st.integers(0, 100_000), max_size=5),
)


def added(*parts: dict[str, Any]) -> Tally:
    tally = Tally()
    for fields in parts:
        tally.add(RUNS, fields)
    return tally


@given(FIELDS, FIELDS)
def test_the_order_is_nothing(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert added(one, other).fields(RUNS) == added(other, one).fields(RUNS)


@given(FIELDS, FIELDS)
def test_what_is_taken_leaves_no_trace(one: dict[str, Any], other: dict[str, Any]) -> None:
    tally = added(one, other)
    tally.take(RUNS, other)
    assert tally.fields(RUNS) == one


def test_of_nothing_is_nothing() -> None:
    assert Tally().fields(RUNS) == dict.fromkeys(RUNS.sums, 0) | {"total": Histogram()}
