from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pytest_django import Settings

from ai.config import AnswerFormat, Config, Endpoint, Price
from speechcoach.model_config import DEFAULT_BASE_URL, NO_KEY, model_config

SERVER = "http://localhost:11434/v1"
AUDIO = "http://localhost:8001/v1"


def configured(settings: Settings, **given: Any) -> Config:
    for name, value in given.items():
        setattr(settings, name, value)
    config = model_config()
    assert config is not None
    return config


def test_without_key_and_address_there_is_no_model() -> None:
    assert model_config() is None


def test_a_key_alone_is_for_the_default_server(settings: Settings) -> None:
    config = configured(settings, OPENAI_API_KEY="secret")
    assert config.chat == config.transcription == Endpoint(DEFAULT_BASE_URL, "secret")


def test_a_server_without_a_key_gets_a_placeholder(settings: Settings) -> None:
    assert configured(settings, OPENAI_BASE_URL=SERVER).chat == Endpoint(SERVER, NO_KEY)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, Endpoint(SERVER, "secret")),
        ({"TRANSCRIPTION_API_KEY": "other"}, Endpoint(SERVER, "other")),
        ({"TRANSCRIPTION_BASE_URL": AUDIO}, Endpoint(AUDIO, NO_KEY)),
        (
            {"TRANSCRIPTION_BASE_URL": AUDIO, "TRANSCRIPTION_API_KEY": "other"},
            Endpoint(AUDIO, "other"),
        ),
        ({"AI_MODEL_TRANSCRIPTION": ""}, None),
    ],
)
def test_audio_goes_to_its_own_server_where_there_is_one(
    settings: Settings, given: dict[str, str], expected: Endpoint | None
) -> None:
    config = configured(settings, OPENAI_BASE_URL=SERVER, OPENAI_API_KEY="secret", **given)
    assert config.transcription == expected
    assert config.chat == Endpoint(SERVER, "secret")


def test_audio_alone_can_be_configured(settings: Settings) -> None:
    config = configured(settings, TRANSCRIPTION_BASE_URL=AUDIO)
    assert (config.chat, config.transcription) == (None, Endpoint(AUDIO, NO_KEY))


def test_what_is_left_empty_is_not_sent_and_not_bounded(settings: Settings) -> None:
    config = configured(settings, OPENAI_API_KEY="secret", AI_USER_DAILY_USD="", AI_DAILY_USD="")
    assert (config.temperature, config.reasoning_effort) == (None, None)
    assert (config.budget.requests, config.budget.tokens) == (None, None)
    assert (config.caps.owner, config.caps.total) == (None, None)


def test_values_are_taken_over(settings: Settings) -> None:
    config = configured(
        settings,
        OPENAI_API_KEY="secret",
        AI_MODEL_ANALYSIS="thinker",
        AI_ANSWER_FORMAT="json",
        AI_TEMPERATURE="0.2",
        AI_REASONING_EFFORT="low",
        AI_REQUESTS_PER_MINUTE=60,
        AI_USER_DAILY_USD="0.10",
        AI_PRICES={"thinker": {"input": 2.5, "cached": "0.25", "output": "15"}},
    )
    assert config.models.analysis == "thinker"
    assert config.answer_format is AnswerFormat.JSON
    assert (config.temperature, config.reasoning_effort) == (0.2, "low")
    assert config.budget.requests == 60
    assert config.caps.owner == Decimal("0.10")
    assert config.prices["thinker"] == Price(Decimal("2.5"), Decimal("0.25"), Decimal(15))


@pytest.mark.parametrize(
    "given",
    [
        {"AI_ANSWER_FORMAT": "xml"},
        {"AI_TEMPERATURE": "warm"},
        {"AI_DAILY_USD": "lots"},
        {"AI_PRICES": {"thinker": {"input": "cheap"}}},
        {"AI_PRICES": {"thinker": {"inptu": "1"}}},
    ],
)
def test_values_of_no_use_are_refused(settings: Settings, given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        configured(settings, OPENAI_API_KEY="secret", **given)


def test_keys_do_not_show(settings: Settings) -> None:
    assert "secret" not in repr(configured(settings, OPENAI_API_KEY="secret"))
