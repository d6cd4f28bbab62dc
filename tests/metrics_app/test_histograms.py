from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from metrics_app.histograms import (
    ERROR_BOUND,
    LATENCY_BOUNDS,
    TOKEN_BOUNDS,
    from_bytes,
    latency_totals,
    merged,
    of_latencies,
    of_tokens,
    percentiles,
    token_totals,
)

SHARES = (0, 0.5, 0.95, 0.99, 1)
milliseconds = st.integers(0, 2**31 - 1)
tokens = st.integers(0, 2**31 - 1)
# around the bounds that monitoring shows, and anywhere
latencies = st.lists(
    milliseconds | st.sampled_from([10 * 2**n + off for n in range(16) for off in (-1, 0, 1)]),
    max_size=60,
)


@given(latencies, latencies)
def test_two_together_hold_what_both_were_made_from(one: list[int], other: list[int]) -> None:
    assert merged([of_latencies(one), of_latencies(other)]) == of_latencies([*one, *other])


@given(latencies, latencies)
def test_two_that_are_stored_come_back_as_one(one: list[int], other: list[int]) -> None:
    stored = [of_latencies(values).as_bytes() for values in (one, other)]
    assert from_bytes(*stored) == of_latencies([*one, *other])


@given(st.lists(tokens, max_size=60), st.lists(tokens, max_size=60))
def test_tokens_add_up_the_same_way(one: list[int], other: list[int]) -> None:
    assert merged([of_tokens(one), of_tokens(other)]) == of_tokens([*one, *other])


@given(latencies)
def test_what_is_stored_comes_back(values: list[int]) -> None:
    histogram = of_latencies(values)
    assert from_bytes(histogram.as_bytes()) == histogram
    assert histogram.total == len(values)


@given(latencies.filter(bool))
@example([0, 0, 1])
@example([2**31 - 1])
def test_percentiles_are_within_the_bound_of_the_exact_ones(values: list[int]) -> None:
    exact = np.quantile(values, SHARES)
    assert percentiles(of_latencies(values), SHARES) == pytest.approx(exact, rel=ERROR_BOUND)


@given(latencies)
def test_counts_at_the_bounds_of_monitoring_are_exact(values: list[int]) -> None:
    expected = [sum(value <= round(bound * 1000) for value in values) for bound in LATENCY_BOUNDS]
    assert latency_totals(of_latencies(values)) == (*expected, len(values))


@given(st.lists(tokens | st.sampled_from([4**n + off for n in range(14) for off in (-1, 0, 1)])))
def test_counts_of_tokens_at_their_bounds_are_exact(values: list[int]) -> None:
    expected = [sum(value <= bound for value in values) for bound in TOKEN_BOUNDS]
    assert token_totals(of_tokens(values)) == (*expected, len(values))


def test_the_bounds_are_those_of_opentelemetry_and_go_beyond_a_long_run() -> None:
    advised = (
        0.01,
        0.02,
        0.04,
        0.08,
        0.16,
        0.32,
        0.64,
        1.28,
        2.56,
        5.12,
        10.24,
        20.48,
        40.96,
        81.92,
    )
    assert list(LATENCY_BOUNDS) == pytest.approx([*advised, 163.84, 327.68])
    assert TOKEN_BOUNDS[0] == 1
    assert TOKEN_BOUNDS[-1] == 67_108_864
