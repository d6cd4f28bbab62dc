"""Fields of `Metrics` by name: what pages call them and how their values are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions_app.display.text import clock, number, seconds, with_unit

Writing = Callable[[float], str]


def reading_of(metric: str) -> tuple[str, Writing]:
    """Its name and how its values are written; the field itself for one no page knows."""
    name, written = _METRICS.get(metric, (metric, number))
    return str(name), written


_METRICS: Mapping[str, tuple[Promise, Writing]] = {
    "fillers_per_minute": (gettext_lazy("Fillers per minute"), lambda v: number(v, 1)),
    "fillers_total": (gettext_lazy("Fillers"), number),
    "wpm": (gettext_lazy("Pace while speaking"), lambda v: with_unit(v, _("words/min"))),
    "longest_pause_ms": (gettext_lazy("Longest pause"), lambda v: seconds(round(v))),
    "pitch_range_semitones": (
        gettext_lazy("Pitch range"),
        lambda v: with_unit(v, _("semitones"), 1),
    ),
    "sentence_words_mean": (gettext_lazy("Words per sentence"), lambda v: number(v, 1)),
    "vocabulary_variety": (gettext_lazy("Variety of words"), lambda v: with_unit(v * 100, "%")),
    "duration_ms": (gettext_lazy("Length"), lambda v: clock(round(v))),
    "repetitions": (gettext_lazy("Repetitions"), number),
    "hedges": (gettext_lazy("Hedges"), number),
}
