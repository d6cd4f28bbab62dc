"""What a talk loses by how it is spoken: pace, pauses, voice, length.

The words a draft misses make pace too slow and look like pauses, so it has voice and length only.
"""

from __future__ import annotations

from collections.abc import Iterator

from sessions_app.coaching import evidence
from sessions_app.coaching.focusing import Focus
from sessions_app.coaching.situation import Situation
from sessions_app.speech.findings import FindingKind
from sessions_app.speech.measures import per_minute
from sessions_app.speech.scores import (
    HALTING_KNOTS,
    PITCH_KNOTS,
    halting,
    interpolated,
    pace_points,
    pause_points,
)

SPRINT_LOSS = 30.0
MID_SENTENCE_LOSS = ((0.0, 0.0), (2.0, 25.0), (6.0, 60.0))
OVER_LOSS = ((1.0, 0.0), (1.15, 20.0), (1.5, 60.0))
UNDER_LOSS = ((0.5, 60.0), (0.75, 20.0), (1.0, 0.0))


def delivery_focuses(situation: Situation) -> Iterator[Focus]:
    """Every loss of delivery, however small."""
    by_words = (_pace, _sprints, _pauses, _broken) if situation.exact_words else ()
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
    wpm = situation.metrics.wpm
    if not stretches or wpm is None or not situation.norm.low <= wpm <= situation.norm.high:
        return None
    return Focus("pace", "pace_bursts", SPRINT_LOSS, evidence.longest(stretches)[:1])


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
    semitones = situation.metrics.pitch_range_semitones
    if semitones is None:
        return None
    loss = 100 - interpolated(PITCH_KNOTS, semitones)
    return Focus("variety", "voice_flat", loss, evidence.first_sentence(situation))


def _length(situation: Situation) -> Focus | None:
    duration, target = situation.metrics.duration_ms, situation.target_seconds
    if duration is None or not target:
        return None
    ratio = duration / (1000 * target)
    if ratio > 1:
        return Focus("length", "length_over", interpolated(OVER_LOSS, ratio))
    return Focus("length", "length_under", interpolated(UNDER_LOSS, ratio))
