"""Which measures a score comes from, or what it lacks, in a few words below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sessions_app.display.text import number
from sessions_app.speech.metrics import Metrics
from sessions_app.speech.scores import MIN_PARTS, Score


def basis(key: str, score: Score | None, metrics: Metrics) -> str:
    """What the score named `key` was made of; where it is `None`, what was missing for it."""
    if score is None:
        return str(_MISSING[key]) % {"parts": MIN_PARTS}
    return _FROM[key](metrics)


def _pace(metrics: Metrics) -> str:
    return _("from %(wpm)s words/min while speaking") % {"wpm": number(metrics.wpm)}


def _fillers(metrics: Metrics) -> str:
    return _("from %(rate)s fillers per minute") % {"rate": number(metrics.fillers_per_minute, 1)}


def _pauses(metrics: Metrics) -> str:
    pauses = metrics.pauses
    long = pauses.long + pauses.very_long if pauses else None
    short = pauses.good + pauses.acceptable if pauses else None
    counts = {"long": number(long), "short": number(short)}
    return (
        ngettext(
            "from %(long)s long pause and %(short)s shorter",
            "from %(long)s long pauses and %(short)s shorter",
            long or 0,
        )
        % counts
    )


def _variety(metrics: Metrics) -> str:
    pitch = number(metrics.pitch_range_semitones, 1)
    if metrics.vocabulary_variety is None:
        return _("from a pitch range of %(pitch)s semitones") % {"pitch": pitch}
    words = number(metrics.vocabulary_variety * 100)
    return _("from a pitch range of %(pitch)s semitones and %(words)s %% different words") % {
        "pitch": pitch,
        "words": words,
    }


def _structure(metrics: Metrics) -> str:
    return _("from the parts an AI found in it")


def _overall(metrics: Metrics) -> str:
    return _("weighted mean of the others")


_FROM: Mapping[str, Callable[[Metrics], str]] = {
    "overall": _overall,
    "pace": _pace,
    "fillers": _fillers,
    "pauses": _pauses,
    "variety": _variety,
    "structure": _structure,
}
_MISSING: Mapping[str, Promise] = {
    "overall": gettext_lazy("needs at least %(parts)s other scores"),
    "pace": gettext_lazy("needs your exact words and their times"),
    "fillers": gettext_lazy("needs your exact words"),
    "pauses": gettext_lazy("needs your exact words and their times"),
    "variety": gettext_lazy("needs a pitch that can be followed"),
    "structure": gettext_lazy("needs a review of the content"),
}
