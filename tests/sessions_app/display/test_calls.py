from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ai.errors import Outcome
from metrics_app.queries import Call
from sessions_app.display.calls import call_facts, cost_text


def call(**fields: Any) -> Call:
    known: dict[str, Any] = {
        "purpose": "verdicts",
        "model": "m",
        "prompt_version": "v3",
        "outcome": Outcome.OK,
        "tokens_in": 100,
        "tokens_cached": 0,
        "tokens_out": 10,
        "cost_usd": Decimal("0.01"),
    }
    return Call(**{**known, **fields})


FAILED = call(
    outcome=Outcome.RATE_LIMITED, tokens_in=None, tokens_cached=None, tokens_out=None, cost_usd=None
)
KEPT = call(cache_hit=True, cost_usd=Decimal(0), tokens_in=0, tokens_out=0)


def test_no_call_no_facts() -> None:
    assert call_facts([]) is None


def test_calls_failures_and_kept_answers_are_told_apart() -> None:
    facts = call_facts([call(), FAILED, KEPT])
    assert facts is not None
    assert (facts.calls, facts.failed, facts.kept) == (2, 1, 1)
    assert (facts.tokens_in, facts.tokens_out) == ("100", "10")
    assert facts.cost == "0.0100 US dollars"


def test_models_and_prompt_versions_are_named_once() -> None:
    facts = call_facts([call(), call(), call(purpose="coaching", model="small")])
    assert facts is not None
    assert facts.models == ("m", "small")
    assert facts.prompt_versions == ("verdicts v3", "coaching v3")
    assert facts.coaching_model == "small"


def test_a_price_nobody_knows_is_not_available() -> None:
    assert cost_text([call(cost_usd=None)]) == "not available"
    mixed = cost_text([call(), call(cost_usd=None)])
    assert mixed == "0.0100 US dollars, and 1 call of unknown price"


def test_what_failed_before_it_used_anything_does_not_hide_the_cost() -> None:
    assert cost_text([FAILED, call()]) == "0.0100 US dollars"


def test_tokens_nobody_counted_are_not_available() -> None:
    facts = call_facts([call(tokens_in=None, tokens_cached=None, tokens_out=None)])
    assert facts is not None
    assert facts.tokens_in == facts.tokens_out == "not available"


@given(st.lists(st.decimals(0, 100, places=4), min_size=1))
def test_known_costs_add_up(costs: list[Decimal]) -> None:
    text = cost_text([call(cost_usd=cost) for cost in costs])
    assert Decimal(text.split()[0]) == sum(costs)
