"""The way to the models, as settings give it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings

from ai.config import AnswerFormat, Budget, Caps, Config, Endpoint, Models, Price

DEFAULT_BASE_URL = "https://api.openai.com/v1"
NO_KEY = "none"
"""For servers that ask for no key: the client library insists on some text."""


def model_config() -> Config | None:
    """`None` when nobody configured a server. Raises `ValueError` for a value of no use."""
    chat = _endpoint(settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY)
    audio = _audio_endpoint() or chat
    if chat is None and audio is None:
        return None
    return Config(
        chat=chat,
        transcription=audio if settings.AI_MODEL_TRANSCRIPTION else None,
        models=configured_models(),
        redis_url=settings.REDIS_URL,
        answer_format=AnswerFormat(settings.AI_ANSWER_FORMAT),
        temperature=float(settings.AI_TEMPERATURE) if settings.AI_TEMPERATURE else None,
        reasoning_effort=settings.AI_REASONING_EFFORT or None,
        streaming=settings.AI_STREAMING,
        attempt_seconds=settings.AI_ATTEMPT_SECONDS,
        budget=Budget(
            requests=settings.AI_REQUESTS_PER_MINUTE or None,
            tokens=settings.AI_TOKENS_PER_MINUTE or None,
            concurrency=settings.AI_CONCURRENCY,
        ),
        caps=Caps(owner=_usd(settings.AI_USER_DAILY_USD), total=_usd(settings.AI_DAILY_USD)),
        prices={model: _price(figures) for model, figures in settings.AI_PRICES.items()},
        answer_days=settings.AI_ANSWER_DAYS,
    )


def configured_models() -> Models:
    return Models(
        analysis=settings.AI_MODEL_ANALYSIS,
        coaching=settings.AI_MODEL_COACHING,
        transcription=settings.AI_MODEL_TRANSCRIPTION,
        embedding=settings.AI_MODEL_EMBEDDING,
    )


def _audio_endpoint() -> Endpoint | None:
    """Without an address of its own, the server for chat with another key."""
    key, address = settings.TRANSCRIPTION_API_KEY, settings.TRANSCRIPTION_BASE_URL
    return _endpoint(address or (settings.OPENAI_BASE_URL if key else ""), key)


def _endpoint(base_url: str, api_key: str) -> Endpoint | None:
    """A key alone is one of OpenAI's; an address alone asks for none."""
    if not base_url and not api_key:
        return None
    return Endpoint(base_url or DEFAULT_BASE_URL, api_key or NO_KEY)


def _usd(text: str) -> Decimal | None:
    return _amount(text) if text else None


def _price(figures: Mapping[str, Any]) -> Price:
    """Figures are numbers or texts under the names of `Price`'s fields."""
    if unknown := figures.keys() - {field.name for field in fields(Price)}:
        raise ValueError(f"a price has no {', '.join(sorted(unknown))}")
    return Price(**{name: _amount(figure) for name, figure in figures.items()})


def _amount(figure: object) -> Decimal:
    try:
        return Decimal(str(figure))
    except InvalidOperation as error:
        raise ValueError(f"{figure!r} is no amount of money") from error
