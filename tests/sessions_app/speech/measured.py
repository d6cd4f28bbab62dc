"""Metrics for tests: nothing known but what a test names."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from sessions_app.speech.metrics import FORMULA_VERSION, Metrics, PauseCounts

_EMPTY: dict[str, Any] = {
    "formula_version": FORMULA_VERSION,
    "word_count": 0,
    "pace_windows": (),
    "fillers_possible": 0,
    "fillers_by_label": (),
}

_NOTHING: dict[str, Any] = dict.fromkeys(field.name for field in fields(Metrics))

UNKNOWN = Metrics(**(_NOTHING | _EMPTY))


def a_minute(**known: Any) -> Metrics:
    """A minute of speaking, 140 words."""
    return replace(UNKNOWN, **{"speaking_ms": 60_000, "word_count": 140} | known)


def with_pauses(good: int = 0, acceptable: int = 0, long: int = 0, very_long: int = 0) -> Metrics:
    return a_minute(pauses=PauseCounts(good, acceptable, long, very_long, None))
