from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai.config import Price
from ai.prices import cost
from ai.usage import Usage

OWN = {
    "house": Price(input=Decimal(2), cached=Decimal(1), output=Decimal(10)),
    "ears": Price(audio_minute=Decimal("0.006")),
    "free": Price(),
}
counts = st.integers(0, 2_000_000)


@pytest.mark.parametrize(
    ("model", "usage", "dollars"),
    [
        ("gpt-5.4", Usage(2000, 1024, 100), "0.004196"),
        ("gpt-5.4-2026-03-05", Usage(2000, 1024, 100), "0.004196"),
        ("gpt-5.4-mini-2031-01-01", Usage(1000, None, 1000), "0.00525"),
        ("openai/gpt-5.4-mini", Usage(1000, None, 1000), "0.00525"),
        ("text-embedding-3-small", Usage(1000, None, 0), "0.00002"),
        ("gpt-transcribe", Usage(audio_seconds=61), "0.004575"),
        ("whisper-1", Usage(audio_seconds=60), "0.006"),
        ("gpt-4o-transcribe", Usage(100, None, 10, 90, 30), "0.000665"),
        ("house", Usage(1000, 400, 100), "0.0026"),
        ("house-2030-12-31", Usage(1000, 400, 100), "0.0026"),
        ("ears", Usage(audio_seconds=90), "0.009"),
        ("free", Usage(1000, 0, 1000), "0"),
    ],
)
def test_known_prices(model: str, usage: Usage, dollars: str) -> None:
    assert cost(model, usage, OWN) == Decimal(dollars)


@pytest.mark.parametrize(
    ("model", "usage"),
    [
        ("nobody-knows-it", Usage(1000, 0, 1000)),
        ("gpt-5.4", Usage()),
        ("gpt-5.4", Usage(1000)),
        ("gpt-transcribe", Usage(100, None, 10, 90)),
        ("gpt-4o-transcribe", Usage(audio_seconds=30)),
        ("gpt-4o-transcribe", Usage(100, None, 10, None, 30)),
        ("house", Usage(1000)),
        ("ears", Usage(1000, 0, 1000)),
    ],
)
def test_what_is_unknown_is_never_nothing(model: str, usage: Usage) -> None:
    assert cost(model, usage, OWN) is None


def test_the_operators_price_comes_first() -> None:
    own = {"gpt-5.4": Price(input=Decimal(1))}
    assert cost("gpt-5.4", Usage(1_000_000, 0, 5), own) == 1


@given(counts, counts, counts, st.sampled_from(["gpt-5.4", "gpt-4o-mini", "house"]))
def test_cached_tokens_never_cost_more(tokens: int, cached: int, out: int, model: str) -> None:
    """Even where a server claims more cached tokens than there were."""
    with_cache = cost(model, Usage(tokens, cached, out), OWN)
    without = cost(model, Usage(tokens, 0, out), OWN)
    assert with_cache is not None
    assert without is not None
    assert 0 <= with_cache <= without
