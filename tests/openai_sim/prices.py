"""What answers cost, in US dollars, exactly. The product has a table of its own."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

MILLION = Decimal(1_000_000)
HOUR = Decimal(3600)


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens; `cached` of `input` were read from the prefix cache. Seconds of audio."""

    input: int = 0
    cached: int = 0
    output: int = 0
    audio_seconds: int = 0


@dataclass(frozen=True, slots=True)
class Price:
    """Of a million tokens, and of an hour of audio."""

    input: Decimal = Decimal(0)
    cached: Decimal = Decimal(0)
    output: Decimal = Decimal(0)
    audio_hour: Decimal = Decimal(0)


def _tokens(fresh: str, cached: str, output: str) -> Price:
    return Price(Decimal(fresh), Decimal(cached), Decimal(output))


PRICES = {
    "gpt-5.4": _tokens("2.5", "0.25", "15"),
    "gpt-5.4-mini": _tokens("0.75", "0.075", "4.5"),
    "gpt-4o": _tokens("2.5", "1.25", "10"),
    "gpt-4o-mini": _tokens("0.15", "0.075", "0.6"),
    "text-embedding-3-small": _tokens("0.02", "0.02", "0"),
    "gpt-transcribe": Price(audio_hour=Decimal("0.27")),
    "whisper-1": Price(audio_hour=Decimal("0.36")),
}


def cost(model: str, usage: Usage) -> Decimal | None:
    """`None` for a model without a price."""
    price = PRICES.get(model)
    if price is None:
        return None
    tokens = (
        (usage.input - usage.cached) * price.input
        + usage.cached * price.cached
        + usage.output * price.output
    )
    return tokens / MILLION + usage.audio_seconds * price.audio_hour / HOUR


def shown(amount: Decimal) -> str:
    """All of its digits and no more: "0.0125"."""
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
