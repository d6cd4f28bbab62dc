"""What is owed, to the last digit."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.openai_sim.prices import Usage, cost, shown
from tests.openai_sim_tests.asking import body, chat, post
from tests.simulator import Simulator


def test_nothing_asked_costs_nothing(simulator: Simulator) -> None:
    assert simulator.bill().total == Decimal(0)


def test_prices_are_those_of_a_million_tokens_and_an_hour() -> None:
    tokens = Usage(input=1_000_000, cached=400_000, output=100_000)
    assert cost("gpt-5.4", tokens) == Decimal("1.5") + Decimal("0.1") + Decimal("1.5")
    assert cost("gpt-5.4-mini", tokens) == Decimal("0.45") + Decimal("0.03") + Decimal("0.45")
    assert cost("gpt-transcribe", Usage(audio_seconds=3600)) == Decimal("0.27")
    assert cost("whisper-1", Usage(audio_seconds=1)) == Decimal("0.0001")
    assert cost("something-else", tokens) is None


@given(st.decimals(min_value=0, max_value=1000, places=9))
def test_sums_are_shown_with_all_of_their_digits(amount: Decimal) -> None:
    text = shown(amount)
    assert Decimal(text) == amount
    assert "E" not in text
    assert not ("." in text and text.endswith("0"))


def test_the_bill_is_the_sum_of_the_log_and_of_its_models(simulator: Simulator) -> None:
    chat(simulator, body("x" * 997))
    chat(simulator, body("x" * 1001, model="gpt-5.4"))
    post(simulator, "/embeddings", {"model": "text-embedding-3-small", "input": ["abcde", "f"]})
    bill = simulator.bill()
    costs = [asked.cost for asked in simulator.log()]
    assert bill.total == sum(cost for cost in costs if cost is not None)
    assert bill.models == {
        "gpt-5.4-mini": (251 * Decimal("0.75") + 3 * Decimal("4.5")) / 1_000_000,
        "gpt-5.4": (252 * Decimal("2.5") + 3 * Decimal(15)) / 1_000_000,
        "text-embedding-3-small": 3 * Decimal("0.02") / 1_000_000,
    }


def test_models_without_a_price_are_listed_apart(simulator: Simulator) -> None:
    chat(simulator, body(model="llama-of-my-own"))
    bill = simulator.bill()
    assert (bill.total, bill.not_billable) == (Decimal(0), {"llama-of-my-own": 1})
    assert not bill.models
    assert simulator.log()[-1].cost is None
