from __future__ import annotations

from decimal import Decimal

import pytest

from benchmarks.flow import Call, longest_chain
from tests.benchmarks.samples import call, flow


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
