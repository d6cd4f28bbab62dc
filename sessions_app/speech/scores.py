"""Scores 0–100 from measures. An absent score means that the recording cannot support it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from sessions_app.speech.metrics import Metrics, PauseCounts
from sessions_app.speech.norms import (
    COMFORTABLE,
    FILLER_HARM,
    FILLERS_PER_MINUTE,
    LIVELY_SEMITONES,
    MONOTONE_SEMITONES,
    PaceNorm,
)

MIN_WORDS = 30
MIN_SPEAKING_MS = 15_000
"""Shorter talks are too short for a rate per minute to mean anything."""

MIN_PARTS = 3
"""An overall score needs at least this many others: pace and pauses alone are not a talk."""

WORD_FILLER_WEIGHT = 0.6
"""A filler word ("like") beside a sound ("um"), which listeners mark down more."""

VERY_LONG_WEIGHT = 2
"""A very long pause beside a long one."""

FILLER_KNOTS = (
    (0.0, 100.0),
    (2.0, 95.0),
    (FILLERS_PER_MINUTE, 80.0),
    (FILLER_HARM, 40.0),
    (20.0, 0.0),
)
HALTING_KNOTS = ((0.0, 100.0), (1.0, 80.0), (3.0, 50.0), (6.0, 0.0))
BREATHING_KNOTS = ((0.0, 40.0), (6.0, 100.0))
PITCH_KNOTS = ((2.0, 0.0), (MONOTONE_SEMITONES, 50.0), (LIVELY_SEMITONES, 100.0))
VOCABULARY_KNOTS = ((0.50, 0.0), (0.70, 80.0), (0.80, 100.0))
PITCH_SHARE = 0.75

_MS_PER_MINUTE = 60_000
_PACE_REACH = 60.0  # from flagged to a score of 0

Knots = Sequence[tuple[float, float]]


class Band(StrEnum):
    STRONG = "strong"
    SOLID = "solid"
    DEVELOPING = "developing"
    NEEDS_WORK = "needs_work"


BAND_FLOORS = ((80, Band.STRONG), (65, Band.SOLID), (45, Band.DEVELOPING))


@dataclass(frozen=True, slots=True)
class Score:
    value: int
    band: Band


@dataclass(frozen=True, slots=True)
class Scores:
    pace: Score | None
    fillers: Score | None
    pauses: Score | None
    variety: Score | None
    structure: Score | None
    overall: Score | None

    @property
    def parts(self) -> frozenset[str]:
        """The scores that overall is the mean of. A mean of others is another measure."""
        return frozenset(name for name in WEIGHTS if getattr(self, name) is not None)


WEIGHTS = {"pace": 0.25, "fillers": 0.30, "pauses": 0.20, "variety": 0.25, "structure": 0.25}
"""Shares in the overall score, taken over the scores that are there."""


def score(
    metrics: Metrics,
    norm: PaceNorm = COMFORTABLE,
    structure: int | None = None,
    *,
    exact_words: bool = True,
) -> Scores:
    """Scores of one talk held against a pace norm; all `None` for a talk that is too short.

    `structure` is 0–100 from a content review, `None` without one. `exact_words` is false for a
    draft: the words it misses make pace too slow and look like pauses, so neither is scored.
    """
    parts = points(metrics, norm, structure, exact_words=exact_words)
    scores = {name: _score(value) for name, value in parts.items()}
    return Scores(**scores, overall=_score(overall_points(parts)))


def points(
    metrics: Metrics,
    norm: PaceNorm = COMFORTABLE,
    structure: int | None = None,
    *,
    exact_words: bool = True,
) -> dict[str, float | None]:
    """The scores below overall by name, before they are rounded; see `score`."""
    if too_short(metrics):
        return dict.fromkeys(WEIGHTS)
    return {
        "pace": pace_points(metrics, norm) if exact_words else None,
        "fillers": filler_points(metrics),
        "pauses": pause_points(metrics) if exact_words else None,
        "variety": variety_points(metrics),
        "structure": None if structure is None else float(structure),
    }


def too_short(metrics: Metrics) -> bool:
    """Under thirty words, under fifteen seconds of speaking, or speaking time unknown."""
    return metrics.word_count < MIN_WORDS or (metrics.speaking_ms or 0) < MIN_SPEAKING_MS


def band(value: int) -> Band:
    return next((name for floor, name in BAND_FLOORS if value >= floor), Band.NEEDS_WORK)


def pace_points(metrics: Metrics, norm: PaceNorm) -> float | None:
    """100 in the comfortable range, 50 where pace is flagged, 0 sixty words further."""
    return None if metrics.wpm is None else interpolated(pace_knots(norm), metrics.wpm)


def pace_knots(norm: PaceNorm) -> Knots:
    return (
        (norm.slow - _PACE_REACH, 0.0),
        (norm.slow, 50.0),
        (norm.low, 100.0),
        (norm.high, 100.0),
        (norm.fast, 50.0),
        (norm.fast + _PACE_REACH, 0.0),
    )


def filler_points(metrics: Metrics) -> float | None:
    """From counted fillers per minute, words weighing 0.6 of a sound."""
    total, per_minute = metrics.fillers_total, metrics.fillers_per_minute
    weighed = weighed_fillers(metrics)
    if total is None or per_minute is None or weighed is None:
        return None
    return interpolated(FILLER_KNOTS, per_minute * weighed / total if total else 0.0)


def weighed_fillers(metrics: Metrics) -> float | None:
    """Counted fillers, a word weighing 0.6 of a sound."""
    total = metrics.fillers_total
    if total is None:
        return None
    sounds = total if metrics.filler_sounds is None else metrics.filler_sounds
    return sounds + WORD_FILLER_WEIGHT * (total - sounds)


def pause_points(metrics: Metrics) -> float | None:
    """The lower of two: few halting pauses (a very long one counts as two), enough breathing."""
    if metrics.pauses is None or not metrics.speaking_ms:
        return None
    minutes = metrics.speaking_ms / _MS_PER_MINUTE
    return min(
        interpolated(HALTING_KNOTS, halting(metrics.pauses) / minutes),
        interpolated(BREATHING_KNOTS, breathing(metrics.pauses) / minutes),
    )


def halting(pauses: PauseCounts) -> int:
    """Pauses that stall a talk; a very long one counts as two."""
    return pauses.long + VERY_LONG_WEIGHT * pauses.very_long


def breathing(pauses: PauseCounts) -> int:
    """Pauses in which speaker and listeners breathe."""
    return pauses.good + pauses.acceptable


def variety_points(metrics: Metrics) -> float | None:
    """Three quarters pitch range, one quarter vocabulary; pitch alone where words are unsure."""
    if metrics.pitch_range_semitones is None:
        return None
    voice = interpolated(PITCH_KNOTS, metrics.pitch_range_semitones)
    if metrics.vocabulary_variety is None:
        return voice
    words = interpolated(VOCABULARY_KNOTS, metrics.vocabulary_variety)
    return PITCH_SHARE * voice + (1 - PITCH_SHARE) * words


def interpolated(knots: Knots, x: float) -> float:
    """The polyline through `knots` (ascending in x) at `x`, level beyond its ends."""
    if x <= knots[0][0]:
        return knots[0][1]
    for (left, low), (right, high) in pairwise(knots):
        if x <= right:
            return low + (high - low) * (x - left) / (right - left)
    return knots[-1][1]


def overall_points(parts: Mapping[str, float | None]) -> float | None:
    """Weighted mean of the scores that are there; `None` with fewer than three."""
    present = {name: points for name, points in parts.items() if points is not None}
    if len(present) < MIN_PARTS:
        return None
    total = sum(WEIGHTS[name] * points for name, points in present.items())
    return total / sum(WEIGHTS[name] for name in present)


def _score(points: float | None) -> Score | None:
    if points is None:
        return None
    value = int(points + 0.5)
    return Score(value, band(value))
