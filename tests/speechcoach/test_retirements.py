from __future__ import annotations

import pytest
from django.core.checks import run_checks
from pytest_django import Settings

from speechcoach.retirements import RETIREMENTS, retirement_of


def warnings() -> list[str]:
    return [str(message) for message in run_checks() if message.id == "speechcoach.W001"]


def test_the_models_set_by_default_have_no_known_end() -> None:
    assert warnings() == []


def test_a_model_with_a_known_end_is_told_with_what_to_set(settings: Settings) -> None:
    settings.AI_MODEL_ANALYSIS = "gpt-4o"
    settings.AI_MODEL_TRANSCRIPTION = "whisper-1"
    analysis, transcription = warnings()
    assert "2027-01-14" in analysis
    assert "AI_MODEL_ANALYSIS=gpt-5.4" in analysis
    assert "2027-02-26" in transcription
    assert "AI_MODEL_TRANSCRIPTION=gpt-transcribe" in transcription


@pytest.mark.parametrize(
    ("model", "known"),
    [
        ("gpt-4o-2024-08-06", True),
        ("gpt-4o-mini-transcribe-2025-12-15", True),
        ("gpt-4o-audio", False),
        ("my-gpt-4o", False),
        ("gpt-5.4", False),
    ],
)
def test_snapshots_end_with_their_model(model: str, known: bool) -> None:
    assert (retirement_of(model) is not None) is known


def test_nothing_is_advised_that_ends_as_well() -> None:
    assert not any(retirement_of(one.instead) for one in RETIREMENTS.values())
