"""Held against what queueing theory and plain bounds say."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.capacity.bound import REQUESTS, TOKENS, WORKERS, bound
from benchmarks.capacity.limit import Limits
from benchmarks.capacity.simulation import HOUR, Plan, simulate
from benchmarks.capacity.talk import Call, Round, Talk

TALK = Talk((Round(0.2, (Call(1.8),) * 5), Round(0.2, (Call(7.0, 1500),) * 8)))
ALONE = Talk((Round(10.0),))


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(
    ("limits", "by"),
    [
        (Limits(), WORKERS),
        (Limits(requests=300), REQUESTS),
        (Limits(tokens=250_000), TOKENS),
        (Limits(requests=300, tokens=250_000), TOKENS),
    ],
)
def test_as_many_as_the_tightest_limit_allows_and_no_more(
    limits: Limits, by: str, known: bool
) -> None:
    allowed = bound(60, TALK, limits)
    found = simulate(Plan(60, TALK, limits, known=known, warm_up=300))
    assert allowed.by == by
    assert 0.95 * allowed.per_hour <= found.per_hour <= 1.02 * allowed.per_hour


def test_nothing_waits_where_there_is_room_for_all() -> None:
    found = simulate(Plan(3, TALK))
    assert found.processing == pytest.approx(TALK.seconds)
    assert found.refused == 0


def test_where_the_limits_are_known_nothing_is_refused() -> None:
    tight = Limits(requests=300)
    assert simulate(Plan(60, TALK, tight)).refused == 0
    assert simulate(Plan(60, TALK, tight, known=False)).refused > 0


@pytest.mark.parametrize("load", [0.5, 0.7])
def test_one_worker_and_random_arrivals_wait_as_in_m_d_1(load: float) -> None:
    """Pollaczek and Khinchine: load / (2 (1 - load)) times what one talk takes."""
    plan = Plan(1, ALONE, per_hour=load * HOUR / ALONE.seconds, seconds=300_000)
    expected = load / (2 * (1 - load)) * ALONE.seconds
    assert np.mean(simulate(plan).waiting) == pytest.approx(expected, rel=0.06)


def test_many_workers_under_their_load_get_through_what_comes() -> None:
    found = simulate(Plan(10, ALONE, per_hour=0.7 * 10 * 360, seconds=20_000))
    assert found.per_hour == pytest.approx(0.7 * 3600, rel=0.02)
    assert np.mean(found.waiting) < ALONE.seconds / 10


def test_no_minute_has_more_requests_than_are_allowed() -> None:
    found = simulate(Plan(60, TALK, Limits(requests=300), known=False, seconds=600))
    assert found.calls <= 10 * 300 + 300 / 60 + 1


def test_the_same_seed_gives_the_same_figures() -> None:
    plan = Plan(20, TALK, Limits(requests=200), known=False)
    first, second = simulate(plan), simulate(plan)
    assert (first.per_hour, first.refused) == (second.per_hour, second.refused)
    assert list(first.processing) == list(second.processing)
