"""Settings of the model that cannot be meant so, found before anything is sent anywhere."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from ai.config import AnswerFormat

CHOICES = {
    "AI_ANSWER_FORMAT": tuple(str(name) for name in AnswerFormat),
    "TRANSCRIPTION_AUDIO": ("flac", "mp3"),
}
FROM_ZERO = (
    "AI_REQUESTS_PER_MINUTE",
    "AI_TOKENS_PER_MINUTE",
    "AI_ANSWER_DAYS",
    "COACHING_REGENERATION_THRESHOLD",
    "MODEL_WAIT_SECONDS",
)
ABOVE_ZERO = (
    "AI_CONCURRENCY",
    "AI_ATTEMPT_SECONDS",
    "PARALLEL_SECONDS",
    "REGENERATION_SECONDS",
    "SEQUENTIAL_SECONDS",
    "MODEL_RETRY_SECONDS",
)
RUNGS = ("PARALLEL_SECONDS", "REGENERATION_SECONDS", "SEQUENTIAL_SECONDS")
AMOUNTS = ("AI_USER_DAILY_USD", "AI_DAILY_USD", "AI_TEMPERATURE")
ADDRESSES = ("OPENAI_BASE_URL", "TRANSCRIPTION_BASE_URL")
KEYS = ("OPENAI_API_KEY", "TRANSCRIPTION_API_KEY")
PRICES = {"input", "cached", "output", "audio_minute"}


@register
def one_of_the_choices(**kwargs: Any) -> list[CheckMessage]:
    return [
        _error(name, f"Set it to one of: {', '.join(choices)}.", "speechcoach.E003")
        for name, choices in CHOICES.items()
        if getattr(settings, name) not in choices
    ]


@register
def numbers_in_range(**kwargs: Any) -> list[CheckMessage]:
    return [*_below_zero(), *_not_above_zero()]


def _below_zero() -> Iterator[CheckMessage]:
    for name in FROM_ZERO:
        if not 0 <= getattr(settings, name) < math.inf:
            yield _error(name, "Set it to 0 or more.", "speechcoach.E004")


def _not_above_zero() -> Iterator[CheckMessage]:
    for name in ABOVE_ZERO:
        if not 0 < getattr(settings, name) < math.inf:
            yield _error(name, "Set it to more than 0.", "speechcoach.E004")


@register
def addresses_of_servers(**kwargs: Any) -> list[CheckMessage]:
    return [
        _error(name, "Give a whole address, such as https://host/v1.", "speechcoach.E005")
        for name in ADDRESSES
        if getattr(settings, name) and not _is_address(getattr(settings, name))
    ]


@register
def keys_can_be_sent(**kwargs: Any) -> list[CheckMessage]:
    """Headers take nothing else. A key is never shown, not even a wrong one."""
    return [
        Error(
            f"{name} has characters that no key has.",
            hint="Copy it again, without spaces and line ends.",
            id="speechcoach.E009",
        )
        for name in KEYS
        if not re.fullmatch(r"[!-~]*", getattr(settings, name))
    ]


@register
def amounts_are_numbers(**kwargs: Any) -> list[CheckMessage]:
    return [
        _error(name, "Give a number from 0 up, or leave it empty.", "speechcoach.E006")
        for name in AMOUNTS
        if getattr(settings, name) and not _is_amount(getattr(settings, name))
    ]


@register
def prices_can_be_read(**kwargs: Any) -> list[CheckMessage]:
    """Unknown models are fine: their calls have no known cost."""
    if _are_prices(settings.AI_PRICES):
        return []
    example = '{"my-model": {"input": 0.5, "cached": 0.05, "output": 2, "audio_minute": 0}}'
    hint = f"Write US dollars per million tokens and per minute of audio, such as {example}."
    return [_error("AI_PRICES", hint, "speechcoach.E007")]


@register
def ladder_within_deadline(**kwargs: Any) -> list[CheckMessage]:
    """A slow model must cost a talk its second reading, never its report."""
    together = sum(getattr(settings, name) for name in RUNGS)
    if together < settings.RUN_DEADLINE_SECONDS:
        return []
    names = ", ".join(RUNGS)
    return [
        Error(
            f"{names} are {together:g} s together, more than the whole run may take "
            f"(RUN_DEADLINE_SECONDS={settings.RUN_DEADLINE_SECONDS}).",
            hint="Lower them, or raise RUN_DEADLINE_SECONDS.",
            id="speechcoach.E008",
        )
    ]


def _error(name: str, hint: str, number: str) -> Error:
    return Error(f"{name}={getattr(settings, name)!r} will not do.", hint=hint, id=number)


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _is_amount(value: object) -> bool:
    try:
        return not isinstance(value, bool) and 0 <= Decimal(str(value)) < Decimal("Infinity")
    except InvalidOperation:
        return False


def _are_prices(table: object) -> bool:
    return isinstance(table, dict) and all(_is_price(price) for price in table.values())


def _is_price(price: object) -> bool:
    return (
        isinstance(price, dict)
        and bool(price)
        and price.keys() <= PRICES
        and all(_is_amount(value) for value in price.values())
    )
