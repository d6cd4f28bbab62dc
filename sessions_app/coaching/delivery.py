"""What a talk loses by how it is spoken: pace, pauses, voice, length.

The words a draft misses make pace too slow and look like pauses, so it has voice and length only.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from sessions_app.coaching import evidence
from sessions_app.coaching.focusing import Focus
from sessions_app.coaching.situation import Situation
from sessions_app.speech.findings import FindingKind
from sessions_app.speech.measures import per_minute
from sessions_app.speech.metrics import PaceWindow
from sessions_app.speech.scores import (
    HALTING_KNOTS,
    PITCH_KNOTS,
    halting,
    interpolated,
    pace_knots,
    pace_points,
    pause_points,
)

ENDINGS_LOSS = ((0.0, 0.0), (0.1, 20.0), (0.3, 45.0), (0.6, 70.0))
"""By the share of sentences that trail off; one in ten goes unnoticed."""

FEW_ENDINGS = 3
"""Fewer endings that fade are no habit."""

MID_SENTENCE_LOSS = ((0.0, 0.0), (2.0, 25.0), (6.0, 60.0))
OVER_LOSS = ((1.0, 0.0), (1.15, 20.0), (1.5, 60.0))
UNDER_LOSS = ((0.5, 60.0), (0.75, 20.0), (1.0, 0.0))


def delivery_focuses(situation: Situation) -> Iterator[Focus]:
    """Every loss of delivery, however small."""
    by_words = (_pace, _sprints, _pauses, _broken, _endings) if situation.exact_words else ()
    for find in (*by_words, _voice, _length):
        focus = find(situation)
        if focus is not None:
            yield focus


def _pace(situation: Situation) -> Focus | None:
    points = pace_points(situation.metrics, situation.norm)
    if points is None or situation.metrics.wpm is None:
        return None
    if situation.metrics.wpm > situation.norm.high:
        moments = evidence.fastest_stretch(situation)
        return Focus("pace", "pace_fast", 100 - points, moments)
    return Focus("pace", "pace_slow", 100 - points, evidence.slowest_stretch(situation))


def _sprints(situation: Situation) -> Focus | None:
    """Fast stretches in a talk whose pace is comfortable overall."""
    stretches = situation.found(FindingKind.PACE_FAST)
    wpm, norm = situation.metrics.wpm, situation.norm
    if not stretches or wpm is None or not norm.low <= wpm <= norm.high:
        return None
    return Focus("pace", "pace_bursts", sprint_loss(situation), evidence.longest(stretches))


def sprint_loss(situation: Situation) -> float:
    """What the pace of the windows beyond the norm would lose on its own, times the root of their
    share of the talk: listeners notice the first sprint more than the length of the others.
    """
    windows, norm = situation.metrics.pace_windows, situation.norm
    fast = [window for window in windows if window.wpm > norm.fast]
    whole = sum(_length_of(window) for window in windows)
    share = sum(_length_of(window) for window in fast)
    if not share:
        return 0.0
    lost = sum(
        (100 - interpolated(pace_knots(norm), window.wpm)) * _length_of(window) for window in fast
    )
    return lost / share * math.sqrt(share / whole)


def _length_of(window: PaceWindow) -> int:
    return window.end_ms - window.start_ms


def _pauses(situation: Situation) -> Focus | None:
    metrics = situation.metrics
    points = pause_points(metrics)
    if points is None or metrics.pauses is None:
        return None
    rate = per_minute(halting(metrics.pauses), metrics.speaking_ms) or 0.0
    if interpolated(HALTING_KNOTS, rate) <= points:
        return Focus("pauses", "pauses_long", 100 - points, evidence.long_silences(situation))
    return Focus("pauses", "pauses_few", 100 - points, evidence.breathless_stretch(situation))


def _broken(situation: Situation) -> Focus | None:
    pauses = situation.metrics.pauses
    rate = per_minute(pauses.mid_sentence if pauses else None, situation.metrics.speaking_ms)
    if not rate:
        return None
    loss = interpolated(MID_SENTENCE_LOSS, rate)
    return Focus("pauses", "pauses_mid_sentence", loss, evidence.broken_sentences(situation))


def _voice(situation: Situation) -> Focus | None:
    """With the flattest stretches; with the opening, where its exercises are, without any."""
    semitones = situation.metrics.pitch_range_semitones
    if semitones is None:
        return None
    loss = 100 - interpolated(PITCH_KNOTS, semitones)
    flat = evidence.longest(situation.found(FindingKind.MONOTONE))
    return Focus("variety", "voice_flat", loss, flat or evidence.first_sentence(situation))


def _endings(situation: Situation) -> Focus | None:
    """Sentences that sink away before they are over."""
    trailing = situation.found(FindingKind.TRAILING_OFF)
    if len(trailing) < FEW_ENDINGS or not situation.sentences:
        return None
    loss = interpolated(ENDINGS_LOSS, len(trailing) / len(situation.sentences))
    return Focus("endings", "voice_trailing", loss, evidence.ends(trailing))


def _length(situation: Situation) -> Focus | None:
    duration, target = situation.metrics.duration_ms, situation.target_seconds
    if duration is None or not target:
        return None
    ratio = duration / (1000 * target)
    if ratio > 1:
        moments = evidence.said_at(situation, 1000 * target)
        return Focus("length", "length_over", interpolated(OVER_LOSS, ratio), moments)
    moments = evidence.last_sentence(situation)
    return Focus("length", "length_under", interpolated(UNDER_LOSS, ratio), moments)
