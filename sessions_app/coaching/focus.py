"""Choosing what to work on: the places where a talk loses most."""

from __future__ import annotations

from collections.abc import Iterable

from sessions_app.coaching.delivery import delivery_focuses
from sessions_app.coaching.focusing import Focus
from sessions_app.coaching.progress import Direction, progress_on
from sessions_app.coaching.situation import Situation
from sessions_app.coaching.wording import wording_focuses

MOST = 3
MIN_LOSS = 20.0
"""What costs no more than this is still in the strong band and needs no advice."""

SLIGHT_LOSS = 5.0
"""What costs no more than this is not worth a word."""

_PER_USUAL = 0.25
"""Share of its loss that a topic gains for every usual variation by which it fell back."""

_MOST_USUALS = 3.0
"""A change of more usual variations than this is a talk of another kind, and weighs no more."""


def choose(situation: Situation) -> tuple[Focus, ...]:
    """Up to three focuses, one to a topic, largest loss first."""
    return tuple(focus for loss, focus in _ranked(situation) if loss > MIN_LOSS)[:MOST]


def offered(situation: Situation) -> tuple[Focus, ...]:
    """Focuses for a coach who knows the content as well, one to a topic, largest loss first: all
    that need advice, and of the others enough to have three to choose from.
    """
    ranked = [(loss, focus) for loss, focus in _ranked(situation) if loss > SLIGHT_LOSS]
    needed = sum(loss > MIN_LOSS for loss, _ in ranked)
    return tuple(focus for _, focus in ranked[: max(needed, MOST)])


def _ranked(situation: Situation) -> list[tuple[float, Focus]]:
    """The dearest focus of each topic with its weighed loss, largest first."""
    best: dict[str, tuple[float, Focus]] = {}
    for focus in _focuses(situation):
        loss = _weight(situation, focus) * focus.loss
        if focus.topic not in best or loss > best[focus.topic][0]:
            best[focus.topic] = (loss, focus)
    return sorted(best.values(), key=lambda entry: (-entry[0], entry[1].topic))


def _focuses(situation: Situation) -> Iterable[Focus]:
    yield from delivery_focuses(situation)
    if situation.exact_words:
        yield from wording_focuses(situation)


def _weight(situation: Situation, focus: Focus) -> float:
    """What fell back beyond the usual moves up, what already improved beyond it moves down, both
    the more the further it went."""
    moved = progress_on(situation, focus.topic)
    if moved is None or not moved.change.beyond_usual or not moved.change.usual:
        return 1.0
    usuals = abs(moved.change.now - moved.change.earlier) / moved.change.usual
    factor = 1 + _PER_USUAL * min(usuals, _MOST_USUALS)
    return {Direction.WORSE: factor, Direction.BETTER: 1 / factor}.get(moved.direction, 1.0)
