"""Configured models whose end is known. `manage.py check_models` asks the server itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register

MODELS = (
    "AI_MODEL_ANALYSIS",
    "AI_MODEL_EXPERIMENTAL",
    "AI_MODEL_COACHING",
    "AI_MODEL_TRANSCRIPTION",
    "AI_MODEL_EMBEDDING",
)
_SNAPSHOT = re.compile(r"-\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True, slots=True)
class Retirement:
    end: date
    instead: str


_CHAT_ENDS = date(2027, 1, 14)
_TRANSCRIPTION_ENDS = date(2027, 2, 26)
# As OpenAI announced it for its API, read on 2026-11-21.
RETIREMENTS: Mapping[str, Retirement] = {
    "gpt-4o": Retirement(_CHAT_ENDS, "gpt-5.4"),
    "gpt-4o-mini": Retirement(_CHAT_ENDS, "gpt-5.4-mini"),
    "whisper-1": Retirement(_TRANSCRIPTION_ENDS, "gpt-transcribe"),
    "gpt-4o-transcribe": Retirement(_TRANSCRIPTION_ENDS, "gpt-transcribe"),
    "gpt-4o-mini-transcribe": Retirement(_TRANSCRIPTION_ENDS, "gpt-transcribe"),
}


def retirement_of(model: str) -> Retirement | None:
    """Of a model or of one of its dated snapshots; `None` where no end is known."""
    return RETIREMENTS.get(_SNAPSHOT.sub("", model))


@register
def models_with_a_known_end(**kwargs: Any) -> list[CheckMessage]:
    """Also for a server of another kind, which may pass its calls on to OpenAI."""
    found: list[CheckMessage] = []
    for name in MODELS:
        model = getattr(settings, name)
        if retirement := retirement_of(model):
            found.append(
                Warning(
                    f"{name}={model}: OpenAI's API retires this model on {retirement.end}.",
                    hint=f"Set {name}={retirement.instead}, then run manage.py check_models.",
                    id="speechcoach.W001",
                )
            )
    return found
