"""Personal bests, each with its talk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sessions_app.display.progress.measures import MEASURES, PACE, Followed
from sessions_app.display.progress.talks import Talk
from sessions_app.display.text import number
from sessions_app.speech.baseline import MIN_TALKS
from sessions_app.speech.bests import MIN_SPEAKING_MS, best_of
from sessions_app.speech.norms import pace_norm

_SECONDS = MIN_SPEAKING_MS // 1000


@dataclass(frozen=True, slots=True)
class BestLine:
    """`also` says how often it was reached, and is empty for once."""

    key: str
    label: str
    value: str
    talk: Talk
    also: str


@dataclass(frozen=True, slots=True)
class Bests:
    """`why_none` says what is missing where there are no lines."""

    lines: tuple[BestLine, ...]
    rule: str
    why_none: str


def bests(talks: Sequence[Talk]) -> Bests:
    """Among the talks that are long enough to stand beside each other, oldest first."""
    long = [talk for talk in talks if (talk.metrics.speaking_ms or 0) >= MIN_SPEAKING_MS]
    lines = tuple(line for measure in MEASURES if (line := _line(measure, long)) is not None)
    rule = _(
        "Of talks with at least %(seconds)s seconds of speaking. The best pace is the one closest "
        "to the comfortable range, or to your own target."
    ) % {"seconds": number(_SECONDS)}
    return Bests(lines, rule, "" if lines else _why_none(len(long)))


def _why_none(talks: int) -> str:
    more = max(1, MIN_TALKS - talks)
    return ngettext(
        "Bests need at least %(fewest)s talks with %(seconds)s seconds of speaking: %(more)s more.",
        "Bests need at least %(fewest)s talks with %(seconds)s seconds of speaking: %(more)s more.",
        more,
    ) % {"fewest": number(MIN_TALKS), "seconds": number(_SECONDS), "more": number(more)}


def _line(measure: Followed, talks: Sequence[Talk]) -> BestLine | None:
    """`None` for a measure nobody can be better in, or with too few talks that have it."""
    known = [(talk, value) for talk in talks if (value := measure.of(talk)) is not None]
    alike = [(talk, value) for talk, value in known if measure.alike(talk, known[-1][0])]
    merits = [_merit(measure, talk, value) for talk, value in alike]
    found = best_of([merit for merit in merits if merit is not None])
    if found is None:
        return None
    talk, value = alike[found.at]
    return BestLine(
        measure.key,
        str(measure.label),
        measure.written(value),
        talk,
        _also(measure, found.times, merits[found.at]),
    )


def _merit(measure: Followed, talk: Talk, value: float) -> float | None:
    """Of the value as it is written, so that what reads the same is the same."""
    return measure.merit(round(value, measure.decimals), pace_norm(talk.target_wpm))


def _also(measure: Followed, times: int, merit: float | None) -> str:
    if times == 1:
        return ""
    if measure is PACE and merit == 0:
        return ngettext(
            "in the range, as in %(times)s talk altogether",
            "in the range, as in %(times)s talks altogether",
            times,
        ) % {"times": number(times)}
    return ngettext(
        "reached in %(times)s talk, here the last time",
        "reached in %(times)s talks, here the last time",
        times,
    ) % {"times": number(times)}
