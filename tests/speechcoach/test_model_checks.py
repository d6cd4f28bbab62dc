from __future__ import annotations

from typing import Any

import pytest
from django.core.checks import run_checks
from pytest_django import Settings

from speechcoach.model_checks import ABOVE_ZERO, FROM_ZERO


def found() -> list[str]:
    return [message.id or "" for message in run_checks() if str(message.id).startswith("speech")]


@pytest.mark.parametrize(
    ("name", "value", "number"),
    [
        ("AI_ANSWER_FORMAT", "xml", "E003"),
        ("TRANSCRIPTION_AUDIO", "wav", "E003"),
        ("OPENAI_BASE_URL", "localhost:11434/v1", "E005"),
        ("OPENAI_BASE_URL", "ftp://host/v1", "E005"),
        ("TRANSCRIPTION_BASE_URL", "https://", "E005"),
        ("TRANSCRIPTION_BASE_URL", "http://[half/v1", "E005"),
        ("OPENAI_API_KEY", "sk-käse", "E009"),
        ("TRANSCRIPTION_API_KEY", "sk-1\n", "E009"),
        ("AI_USER_DAILY_USD", "five", "E006"),
        ("AI_DAILY_USD", "-1", "E006"),
        ("AI_DAILY_USD", "NaN", "E006"),
        ("AI_TEMPERATURE", "hot", "E006"),
        ("AI_PRICES", [], "E007"),
        ("AI_PRICES", {"m": {}}, "E007"),
        ("AI_PRICES", {"m": {"in": 1}}, "E007"),
        ("AI_PRICES", {"m": {"input": "much"}}, "E007"),
        ("AI_PRICES", {"m": {"input": True}}, "E007"),
        ("PARALLEL_SECONDS", 1400.0, "E008"),
    ],
)
def test_what_cannot_be_meant_so_is_refused(
    settings: Settings, name: str, value: Any, number: str
) -> None:
    setattr(settings, name, value)
    assert found() == [f"speechcoach.{number}"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AI_ANSWER_FORMAT", "json"),
        ("TRANSCRIPTION_AUDIO", "mp3"),
        ("OPENAI_BASE_URL", "http://localhost:11434/v1"),
        ("AI_USER_DAILY_USD", ""),
        ("AI_DAILY_USD", "0.50"),
        ("AI_TEMPERATURE", "0.2"),
        ("AI_PRICES", {"m": {"input": "0.15", "output": 2}}),
        ("COACHING_REGENERATION_THRESHOLD", 0.0),
    ],
)
def test_what_can_be_meant_so_is_taken(settings: Settings, name: str, value: Any) -> None:
    setattr(settings, name, value)
    assert found() == []


@pytest.mark.parametrize("value", [-1, float("nan"), float("inf")])
@pytest.mark.parametrize("name", [*FROM_ZERO, *ABOVE_ZERO])
def test_numbers_out_of_range_are_refused(settings: Settings, name: str, value: float) -> None:
    setattr(settings, name, value)
    assert "speechcoach.E004" in found()


@pytest.mark.parametrize("name", ABOVE_ZERO)
def test_no_time_and_no_call_at_all_is_refused(settings: Settings, name: str) -> None:
    setattr(settings, name, 0)
    assert found() == ["speechcoach.E004"]
