"""In one sentence: where a measure is going."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy, ngettext

from sessions_app.display.progress.measures import Followed
from sessions_app.display.text import number
from sessions_app.speech.norms import PaceNorm
from sessions_app.speech.trends import FEWEST, Trend, trend


@dataclass(frozen=True, slots=True)
class Reading:
    """`verdict` is "better", "worse", or empty where nothing changed or nobody can say."""

    text: str
    verdict: str = ""


def reading(measure: Followed, values: Sequence[float], norm: PaceNorm) -> Reading:
    """Of values in the order of their talks."""
    found = trend(values)
    if found is None:
        return Reading(too_few(len(values)))
    figures = {
        "measure": measure.label,
        "early": measure.written(found.early),
        "late": measure.written(found.late),
        "talks": number(found.talks),
    }
    if not found.clear or figures["early"] == figures["late"]:
        return Reading(str(_STEADY) % figures)
    text = _ROSE if found.late > found.early else _FELL
    return Reading(str(text) % figures, _verdict(measure, found, norm))


def too_few(talks: int) -> str:
    """What is missing for a trend; empty where nothing is."""
    more = FEWEST - talks
    if more <= 0:
        return ""
    return ngettext(
        "Too few talks to see where this is going: %(more)s more is needed.",
        "Too few talks to see where this is going: %(more)s more are needed.",
        more,
    ) % {"more": number(more)}


def _verdict(measure: Followed, found: Trend, norm: PaceNorm) -> str:
    before, after = measure.merit(found.early, norm), measure.merit(found.late, norm)
    if before is None or after is None or before == after:
        return ""
    return "better" if after > before else "worse"


_STEADY = gettext_lazy(
    "No clear change: on average %(early)s in the first %(talks)s of these talks, %(late)s in the "
    "last %(talks)s."
)
_ROSE = gettext_lazy(
    "%(measure)s went up: on average %(early)s in the first %(talks)s of these talks, %(late)s in "
    "the last %(talks)s."
)
_FELL = gettext_lazy(
    "%(measure)s went down: on average %(early)s in the first %(talks)s of these talks, %(late)s "
    "in the last %(talks)s."
)
