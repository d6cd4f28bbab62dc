"""Pauses."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from sessions_app.display.numbers import norms
from sessions_app.display.numbers.entry import Place, Places, Way
from sessions_app.display.numbers.ground import Ground, listed
from sessions_app.display.text import seconds
from sessions_app.speech.gaps import Gap, gaps
from sessions_app.speech.pause_classes import ACCEPTABLE_MS, GOOD_MS, LONG_MS, PAUSE_MS

Belongs = Callable[[Gap], bool]


def ways(ground: Ground) -> Mapping[str, Way]:
    if ground.metrics.pauses is None:
        keys = ("pauses-mid-sentence", *(f"pauses-{name}" for name in _CLASSES), "longest-pause-ms")
        return {key: Way(norm=norms.pauses()) for key in keys}
    found = {
        f"pauses-{name}": Way(norm=norms.pauses(), places=_those(ground, belongs))
        for name, belongs in _CLASSES.items()
    }
    return found | {
        "pauses-mid-sentence": Way(norm=norms.pauses(), places=_inside_sentences(ground)),
        "longest-pause-ms": Way(norm=norms.pauses(), places=_longest(ground)),
    }


def _those(ground: Ground, belongs: Belongs) -> tuple[Places, ...]:
    return _listed(ground, [gap for gap in gaps(ground.words) if belongs(gap)])


def _inside_sentences(ground: Ground) -> tuple[Places, ...]:
    if ground.metrics.pauses is None or ground.metrics.pauses.mid_sentence is None:
        return ()
    ends = {end - 1 for _, end in ground.material.sentences}
    return _those(ground, lambda gap: gap.length_ms > GOOD_MS and gap.after_word not in ends)


def _longest(ground: Ground) -> tuple[Places, ...]:
    longest = max(gaps(ground.words), key=lambda gap: gap.length_ms, default=None)
    return _listed(ground, [longest] if longest else [])


def _listed(ground: Ground, found: list[Gap]) -> tuple[Places, ...]:
    return listed(_("Where, and how long"), (_place(ground, gap) for gap in found))


def _place(ground: Ground, gap: Gap) -> Place:
    """The words on both sides of the silence."""
    return ground.place(gap.after_word, gap.after_word + 2, seconds(gap.length_ms), gap.start_ms)


_CLASSES: Mapping[str, Belongs] = {
    "good": lambda gap: PAUSE_MS <= gap.length_ms <= GOOD_MS,
    "acceptable": lambda gap: GOOD_MS < gap.length_ms <= ACCEPTABLE_MS,
    "long": lambda gap: ACCEPTABLE_MS < gap.length_ms <= LONG_MS,
    "very-long": lambda gap: gap.length_ms > LONG_MS,
}
