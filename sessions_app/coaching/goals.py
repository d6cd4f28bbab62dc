"""The goal for a week: one step from where the talk is, never further than the norm."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from sessions_app.coaching.focusing import Focus
from sessions_app.coaching.phrases import Phrases
from sessions_app.coaching.schemas import Goal
from sessions_app.coaching.situation import Situation
from sessions_app.coaching.wording import SPEAKING_WPM
from sessions_app.speech.norms import (
    FILLERS_PER_MINUTE,
    LIVELY_SEMITONES,
    SENTENCE_WORDS,
    VOCABULARY_VARIETY,
)
from sessions_app.speech.pause_classes import ACCEPTABLE_MS

STEP = 0.75
"""Of what is too much, a quarter can go in a week of practice."""

PACE_STEP_WPM = 15.0
PITCH_STEP_SEMITONES = 1.0
VOCABULARY_STEP = 0.03

Aim = tuple[str, float]  # a field of Metrics and the value to reach


def goal_for(situation: Situation, focuses: tuple[Focus, ...], texts: Phrases) -> Goal | None:
    """A goal for the first focus that can be measured, `None` when none can."""
    for metric, value in aims(situation, (focus.topic for focus in focuses)).items():
        return Goal(situation.pick(texts.goals[metric], f"goal {metric}"), metric, value)
    return None


def aims(situation: Situation, topics: Iterable[str]) -> dict[str, float]:
    """What to reach in a week for the topics that can be measured, by field of `Metrics`."""
    found = (_AIMS[topic](situation) for topic in topics if topic in _AIMS)
    return dict(aim for aim in found if aim is not None)


def _fillers(situation: Situation) -> Aim | None:
    metrics = situation.metrics
    if metrics.fillers_per_minute is not None:
        value = max(FILLERS_PER_MINUTE, round(STEP * metrics.fillers_per_minute, 1))
        return _less("fillers_per_minute", metrics.fillers_per_minute, value)
    harmless = math.floor(FILLERS_PER_MINUTE * metrics.word_count / SPEAKING_WPM)
    return _fewer("fillers_total", metrics.fillers_total, harmless)


def _pace(situation: Situation) -> Aim | None:
    wpm, norm = situation.metrics.wpm, situation.norm
    if wpm is None or norm.low <= wpm <= norm.high:
        return None
    if wpm > norm.high:
        return "wpm", float(max(norm.high, round(wpm - PACE_STEP_WPM)))
    return "wpm", float(min(norm.low, round(wpm + PACE_STEP_WPM)))


def _pauses(situation: Situation) -> Aim | None:
    longest = situation.metrics.longest_pause_ms
    if longest is None:
        return None
    value = max(float(ACCEPTABLE_MS), round(STEP * longest, -2))
    return _less("longest_pause_ms", longest, value)


def _variety(situation: Situation) -> Aim | None:
    now = situation.metrics.pitch_range_semitones
    if now is None or now >= LIVELY_SEMITONES:
        return None
    return "pitch_range_semitones", min(LIVELY_SEMITONES, round(now + PITCH_STEP_SEMITONES, 1))


def _sentences(situation: Situation) -> Aim | None:
    now = situation.metrics.sentence_words_mean
    if now is None:
        return None
    value = max(SENTENCE_WORDS, float(round(STEP * now)))
    return _less("sentence_words_mean", now, value)


def _words(situation: Situation) -> Aim | None:
    now = situation.metrics.vocabulary_variety
    if now is None or now >= VOCABULARY_VARIETY:
        return None
    return "vocabulary_variety", min(VOCABULARY_VARIETY, round(now + VOCABULARY_STEP, 2))


def _length(situation: Situation) -> Aim | None:
    target = situation.target_seconds
    return ("duration_ms", 1000.0 * target) if target else None


def _less(metric: str, now: float, value: float) -> Aim | None:
    return (metric, value) if value < now else None


def _fewer(metric: str, now: int | None, harmless: int = 0) -> Aim | None:
    if now is None:
        return None
    return _less(metric, now, float(max(harmless, math.ceil(STEP * now))))


_AIMS: dict[str, Callable[[Situation], Aim | None]] = {
    "fillers": _fillers,
    "pace": _pace,
    "pauses": _pauses,
    "variety": _variety,
    "sentences": _sentences,
    "words": _words,
    "length": _length,
    "repetition": lambda situation: _fewer("repetitions", situation.metrics.repetitions),
    "hedges": lambda situation: _fewer("hedges", situation.metrics.hedges),
}
