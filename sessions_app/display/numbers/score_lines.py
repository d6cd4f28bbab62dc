"""The arithmetic of each score with the talk's own operands, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from django.utils.translation import gettext as _

from sessions_app.coaching.schemas import PartFound
from sessions_app.coaching.structure import KINDS, POINTS, fitting
from sessions_app.display.content_review import PARTS
from sessions_app.display.names import SCORES, name_of
from sessions_app.display.numbers.ground import Ground
from sessions_app.display.numbers.knots import reading
from sessions_app.display.numbers.pace import minutes
from sessions_app.display.text import number
from sessions_app.speech.measures import per_minute
from sessions_app.speech.scores import (
    BREATHING_KNOTS,
    FILLER_KNOTS,
    HALTING_KNOTS,
    PITCH_KNOTS,
    PITCH_SHARE,
    VERY_LONG_WEIGHT,
    VOCABULARY_KNOTS,
    WEIGHTS,
    WORD_FILLER_WEIGHT,
    breathing,
    halting,
    interpolated,
    pace_knots,
    points,
    weighed_fillers,
)
from sessions_app.stages.outputs import TextSource


def score_lines(key: str, ground: Ground) -> Iterator[str]:
    """Up to the points before they are rounded; of a score that is there."""
    return _LINES[key](ground)


def parts_that_count(ground: Ground) -> tuple[PartFound, ...]:
    """What the AI found, where such a part can stand."""
    review = ground.report.review
    if review is None or ground.report.kind not in KINDS:
        return ()
    return fitting(review, len(ground.words))


def _pace(ground: Ground) -> Iterator[str]:
    if ground.metrics.wpm is not None:
        yield reading(pace_knots(ground.norm), ground.metrics.wpm)


def _fillers(ground: Ground) -> Iterator[str]:
    metrics, weighed = ground.metrics, weighed_fillers(ground.metrics)
    if weighed is None or metrics.fillers_total is None or not metrics.speaking_ms:
        return
    sounds = metrics.fillers_total if metrics.filler_sounds is None else metrics.filler_sounds
    yield _("%(sounds)s sounds + %(words)s words × %(weight)s = %(weighed)s") % {
        "sounds": number(sounds),
        "words": number(metrics.fillers_total - sounds),
        "weight": number(WORD_FILLER_WEIGHT, 1),
        "weighed": number(weighed, 1),
    }
    rate = per_minute(1, metrics.speaking_ms) or 0.0
    yield _("%(weighed)s ÷ %(minutes)s of speaking = %(rate)s a minute") % {
        "weighed": number(weighed, 1),
        "minutes": minutes(metrics.speaking_ms),
        "rate": number(rate * weighed, 2),
    }
    yield reading(FILLER_KNOTS, rate * weighed, 2)


def _pauses(ground: Ground) -> Iterator[str]:
    counts, length = ground.metrics.pauses, ground.metrics.speaking_ms
    if counts is None or not length:
        return
    stalls, breaths = (
        per_minute(each, length) or 0.0 for each in (halting(counts), breathing(counts))
    )
    yield _(
        "halting: (%(long)s long + %(weight)s × %(very)s very long) ÷ %(minutes)s = %(rate)s"
    ) % {
        "long": number(counts.long),
        "weight": number(VERY_LONG_WEIGHT),
        "very": number(counts.very_long),
        "minutes": minutes(length),
        "rate": number(stalls, 2),
    }
    yield reading(HALTING_KNOTS, stalls, 2)
    yield _("breathing: (%(good)s good + %(fine)s acceptable) ÷ %(minutes)s = %(rate)s") % {
        "good": number(counts.good),
        "fine": number(counts.acceptable),
        "minutes": minutes(length),
        "rate": number(breaths, 2),
    }
    yield reading(BREATHING_KNOTS, breaths, 2)
    both = interpolated(HALTING_KNOTS, stalls), interpolated(BREATHING_KNOTS, breaths)
    yield _("the lower of %(one)s and %(other)s = %(points)s") % {
        "one": number(both[0], 1),
        "other": number(both[1], 1),
        "points": number(min(both), 1),
    }


def _variety(ground: Ground) -> Iterator[str]:
    semitones, share = ground.metrics.pitch_range_semitones, ground.metrics.vocabulary_variety
    if semitones is None:
        return
    yield _("pitch: %(reading)s") % {"reading": reading(PITCH_KNOTS, semitones, 2)}
    if share is None:
        yield _("no measure of words, so pitch alone counts")
        return
    percent = tuple((100 * x, y) for x, y in VOCABULARY_KNOTS)
    yield _("words: %(reading)s") % {"reading": reading(percent, 100 * share, 2)}
    voice, words = interpolated(PITCH_KNOTS, semitones), interpolated(VOCABULARY_KNOTS, share)
    yield _("%(much)s × %(voice)s + %(rest)s × %(words)s = %(points)s") % {
        "much": number(PITCH_SHARE, 2),
        "voice": number(voice, 1),
        "rest": number(1 - PITCH_SHARE, 2),
        "words": number(words, 1),
        "points": number(PITCH_SHARE * voice + (1 - PITCH_SHARE) * words, 1),
    }


def _structure(ground: Ground) -> Iterator[str]:
    found = {each.part for each in parts_that_count(ground)}
    named = [f"{name_of(PARTS, part)} {number(POINTS[part])}" for part in POINTS if part in found]
    total = sum(POINTS[part] for part in found)
    yield f"{' + '.join(named)} = {number(total)}" if named else number(total)


def _overall(ground: Ground) -> Iterator[str]:
    scores, exact = ground.report.scores, ground.report.source != TextSource.DRAFT
    structure = scores.structure.value if scores and scores.structure else None
    parts = points(ground.metrics, ground.norm, structure, exact_words=exact)
    there = {name: value for name, value in parts.items() if value is not None}
    weights = sum(WEIGHTS[name] for name in there)
    if not weights:
        return
    terms = [
        f"{name_of(SCORES, name)} {number(WEIGHTS[name] * 100)} × {number(value, 1)}"
        for name, value in there.items()
    ]
    total = sum(WEIGHTS[name] * value for name, value in there.items())
    yield _("(%(terms)s) ÷ %(weights)s = %(points)s") % {
        "terms": " + ".join(terms),
        "weights": number(weights * 100),
        "points": number(total / weights, 1),
    }


_LINES: Mapping[str, Callable[[Ground], Iterator[str]]] = {
    "overall": _overall,
    "pace": _pace,
    "fillers": _fillers,
    "pauses": _pauses,
    "variety": _variety,
    "structure": _structure,
}
