"""What an attempt costs: the operator's prices first, then the list that comes with genai-prices.

The list is the one bundled with the installed package; nothing is fetched. It goes by the name
of the model whatever the server, so that a gateway is priced like what it stands before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache

import genai_prices.data  # noqa: F401  else it is read in the midst of the first call
from genai_prices import Usage as ListedUsage
from genai_prices import calc_price
from genai_prices.types import ModelPrice

from ai.config import Price
from ai.usage import Usage

MILLION = Decimal(1_000_000)
SMALLEST = Decimal("1e-8")  # as the ledger keeps it
DATE_SUFFIX = re.compile(r"-\d{4}-?\d{2}-?\d{2}$")
PROVIDERS = ("openai", None)  # None: whichever the name of the model suggests


def cost(model: str, usage: Usage, prices: Mapping[str, Price]) -> Decimal | None:
    """US dollars; `None` where the price, or what was consumed, is not known."""
    for name in _names(model):
        if name in prices:
            return _rounded(_by_operator(prices[name], usage))
    return _rounded(_by_list(model, usage))


def _names(model: str) -> Iterator[str]:
    """As configured; without its date; without the vendor that gateways put before it."""
    for name in dict.fromkeys((model, model.rpartition("/")[2])):
        yield name
        yield DATE_SUFFIX.sub("", name)


def _by_operator(price: Price, usage: Usage) -> Decimal | None:
    by_tokens = _of_tokens(price, usage)
    if not price.audio_minute:
        return by_tokens
    if usage.audio_seconds is None:
        return None
    minutes = Decimal(str(usage.audio_seconds)) / 60
    return minutes * price.audio_minute + (by_tokens or 0)


def _of_tokens(price: Price, usage: Usage) -> Decimal | None:
    if not price.input and not price.output:
        return Decimal(0)
    if usage.tokens_in is None or usage.tokens_out is None:
        return None
    cached = _cached(usage)
    cached_price = price.input if price.cached is None else price.cached
    return (
        (usage.tokens_in - cached) * price.input
        + cached * cached_price
        + usage.tokens_out * price.output
    ) / MILLION


def _cached(usage: Usage) -> int:
    return min(usage.tokens_cached or 0, usage.tokens_in or 0)


def _by_list(model: str, usage: Usage) -> Decimal | None:
    found = _listed(model)
    if found is None:
        return None
    name, provider, price = found
    if not _covers(price, usage):
        return None
    return calc_price(_as_listed(usage), name, provider_id=provider).total_price


@cache
def _listed(model: str) -> tuple[str, str | None, ModelPrice] | None:
    """The first name and provider under which the list knows the model."""
    for name in _names(model):
        for provider in PROVIDERS:
            try:
                found = calc_price(ListedUsage(), name, provider_id=provider)
            except LookupError:
                continue
            return name, provider, found.model_price
    return None


def _covers(price: ModelPrice, usage: Usage) -> bool:
    """Whether all that the model is paid for is known: the list takes the unknown for nothing."""
    needed = {
        "input_mtok": usage.tokens_in,
        "output_mtok": usage.tokens_out,
        "audio_hours": usage.audio_seconds,
    }
    if usage.audio_seconds is not None:
        needed["input_audio_mtok"] = usage.audio_tokens
    paid = [known for key, known in needed.items() if getattr(price, key) is not None]
    return bool(paid) and None not in paid


def _as_listed(usage: Usage) -> ListedUsage:
    seconds = None if usage.audio_seconds is None else Decimal(str(usage.audio_seconds))
    return ListedUsage(
        input_tokens=usage.tokens_in,
        cache_read_tokens=_cached(usage) or None,
        output_tokens=usage.tokens_out,
        input_audio_tokens=usage.audio_tokens,
        audio_seconds=seconds,
        input_audio_seconds=seconds,
    )


def _rounded(usd: Decimal | None) -> Decimal | None:
    return None if usd is None else usd.quantize(SMALLEST)
