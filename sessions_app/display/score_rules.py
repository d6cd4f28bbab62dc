"""How every score is computed, in words. All figures come from where they are computed with."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sessions_app.coaching.structure import EDGE, POINTS
from sessions_app.display.content_review import PARTS
from sessions_app.display.names import BANDS, SCORES, name_of
from sessions_app.display.text import number
from sessions_app.speech.norms import PaceNorm
from sessions_app.speech.pause_classes import ACCEPTABLE_MS, LONG_MS
from sessions_app.speech.scores import (
    BAND_FLOORS,
    BREATHING_KNOTS,
    FILLER_KNOTS,
    HALTING_KNOTS,
    MIN_PARTS,
    MIN_SPEAKING_MS,
    MIN_WORDS,
    PITCH_KNOTS,
    PITCH_SHARE,
    VOCABULARY_KNOTS,
    WEIGHTS,
    WORD_FILLER_WEIGHT,
    Band,
    Knots,
    pace_knots,
)


@dataclass(frozen=True, slots=True)
class ScoreRule:
    name: str
    text: str


def score_rules(norm: PaceNorm, keys: tuple[str, ...]) -> tuple[ScoreRule, ...]:
    """Of the scores in `keys`, then the words beside them and why there may be none.

    `norm` is what the talk's pace was held against.
    """
    texts = rules_by_key(norm, keys)
    rules = tuple(ScoreRule(name_of(SCORES, key), texts[key]) for key in keys)
    return (
        *rules,
        ScoreRule(_("Words beside them"), _bands()),
        ScoreRule(_("Not available"), _absent()),
    )


def rules_by_key(norm: PaceNorm, keys: tuple[str, ...]) -> dict[str, str]:
    """How each score is computed; the weights are those of the scores in `keys`."""
    return {
        "overall": _overall(keys),
        "pace": _pace(norm),
        "fillers": _fillers(),
        "pauses": _pauses(),
        "variety": _variety(),
        "structure": _structure(),
    }


def _overall(keys: tuple[str, ...]) -> str:
    weights = ", ".join(
        f"{name_of(SCORES, key)} {number(WEIGHTS[key] * 100)}" for key in keys if key in WEIGHTS
    )
    return _("Mean of the scores that are available, by weight: %(weights)s.") % {
        "weights": weights
    }


def _pace(norm: PaceNorm) -> str:
    points = dict(pace_knots(norm))
    return _(
        "%(full)s from %(low)s to %(high)s words per minute of speaking, around your target if you "
        "gave one; %(half)s at %(slow)s and at %(fast)s, and less beyond."
    ) % {
        "full": number(points[norm.low]),
        "half": number(points[norm.slow]),
        "low": number(norm.low),
        "high": number(norm.high),
        "slow": number(norm.slow),
        "fast": number(norm.fast),
    }


def _fillers() -> str:
    return _(
        "Counted fillers per minute → points: %(knots)s, evenly between. "
        "A word such as “like” weighs %(weight)s of a sound such as “um”."
    ) % {"knots": _knots(FILLER_KNOTS), "weight": number(WORD_FILLER_WEIGHT, 1)}


def _pauses() -> str:
    return _(
        "The lower of two. Pauses longer than %(long)s s per minute (those over %(very_long)s s "
        "count twice) → points: %(halting)s. Shorter pauses per minute → points: %(breathing)s."
    ) % {
        "long": number(ACCEPTABLE_MS / 1000, 1),
        "very_long": number(LONG_MS / 1000),
        "halting": _knots(HALTING_KNOTS),
        "breathing": _knots(BREATHING_KNOTS),
    }


def _variety() -> str:
    words = tuple((share * 100, points) for share, points in VOCABULARY_KNOTS)
    return _(
        "%(share)s from the pitch range, semitones → points: %(pitch)s. The rest from different "
        "words, percentage → points: %(words)s. Pitch alone where the words are a rough draft."
    ) % {
        "share": _percent(PITCH_SHARE),
        "pitch": _knots(PITCH_KNOTS),
        "words": _knots(words),
    }


def _structure() -> str:
    points = ", ".join(f"{name_of(PARTS, part)} {number(POINTS[part])}" for part in POINTS)
    return _(
        "An AI says which parts the talk has and where; the points for each are fixed: "
        "%(points)s. An opening counts in the first %(edge)s of the words, a closing in the last."
    ) % {"points": points, "edge": _percent(EDGE)}


def _bands() -> str:
    named = [
        _("%(name)s from %(floor)s") % {"name": name_of(BANDS, band), "floor": number(floor)}
        for floor, band in BAND_FLOORS
    ]
    below = _("%(name)s below") % {"name": name_of(BANDS, Band.NEEDS_WORK)}
    return ", ".join([*named, below]) + "."


def _absent() -> str:
    return _(
        "A score is left out, not guessed, where its measures are missing or too rough: pace and "
        "pauses need your exact words and their times, fillers your exact words, variety a pitch "
        "that can be followed, overall %(parts)s other scores. Under %(words)s words or "
        "%(seconds)s seconds of speaking there are none."
    ) % {
        "parts": number(MIN_PARTS),
        "words": number(MIN_WORDS),
        "seconds": number(MIN_SPEAKING_MS / 1000),
    }


def _knots(knots: Knots) -> str:
    return ", ".join(f"{number(x)} → {number(points)}" for x, points in knots)


def _percent(share: float) -> str:
    return f"{number(share * 100)} %"
