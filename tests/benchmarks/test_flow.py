from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.flow import Call, longest_chain, uncovered
from tests.benchmarks.samples import call, example, flow


def test_calls_beside_each_other_are_no_chain() -> None:
    assert longest_chain([call("review", 0, 3), call("verdicts", 0, 2)]) == 3


def test_a_call_that_begins_at_the_end_of_another_is_chained_to_it() -> None:
    calls = [call("verdicts", 0, 2), call("review", 0, 3), call("coaching_again", 2, 6)]
    assert longest_chain(calls) == 6


def test_the_longest_chain_is_not_that_of_most_calls() -> None:
    short = [call("embeddings", n, n + 0.5) for n in range(3)]
    assert longest_chain([*short, call("review", 0, 2.5)]) == 2.5


def test_no_calls_have_no_chain() -> None:
    assert longest_chain([]) == 0


def test_our_own_time_is_what_neither_sound_nor_chain_took() -> None:
    found = flow(
        "ours", 9.0, call("transcription", 1, 3), call("transcription", 1, 2), call("review", 4, 8)
    )
    assert (found.transcription, found.chain, found.own) == (2, 4, 3)


def test_what_comes_after_the_report_is_paid_but_not_waited_for() -> None:
    found = flow("ours", 5.0, call("review", 1, 4), call("embeddings", 5.5, 9))
    assert found.chain == 3
    assert found.usd == Decimal("0.02")
    assert found.total("tokens_out") == 200


def test_one_unknown_price_makes_the_cost_unknown() -> None:
    found = flow("ours", 5.0, call("review", 1, 4), Call("review", "other", 1, 2, usd=None))
    assert found.usd is None


def test_a_flow_without_calls_is_all_our_own() -> None:
    assert flow("ours", 5.0).own == pytest.approx(5.0)


def test_time_without_calls_is_told_by_stage_and_between_them() -> None:
    found = example("ours", 9.0, provisional=3.4).without_calls
    assert found == pytest.approx(
        {"queue": 0.1, "media": 0.9, "transcription": 0.4, "refinement": 0.2, "between": 0.4}
    )


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted), max_size=8))
def test_what_lies_in_no_other_stretch_is_counted_once(stretches: list[list[int]]) -> None:
    others = [(first, last) for first, last in stretches]
    free = [at for at in range(10, 50) if not any(a <= at < b for a, b in others)]
    assert uncovered(10, 50, others) == len(free)
