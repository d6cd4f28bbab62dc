"""The points of the practice prompt as the model made them out, checked against both texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sessions_app.coaching.answers import PlaceAnswer, PointAnswer
from sessions_app.coaching.ground import Ground
from sessions_app.speech.relevance import MOST_PLACES, Point

MOST_POINTS = 8

_MARKS = ".,;:!?…"

LONGEST_PLACE = 60
"""Words, and half of a shorter talk. The model is asked for 35 at most; whoever points at
everything shows nothing."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """`unresolved` pointers led to no words, or to more than anybody can check.

    No points where that holds of most pointers: such an answer is not about this talk.
    """

    points: tuple[Point, ...]
    unresolved: int


def pointed(answers: Sequence[PointAnswer], ground: Ground) -> Pointed:
    """Points stand in the order of the prompt; of two that share a word of it the later is dropped
    and counted, and so is what leads nowhere.

    A point of whose places none holds is kept as not answered: the prompt still asks for it.
    """
    found: list[Point] = []
    lost, upto = 0, 0
    for answer in sorted(answers, key=lambda each: (each.first, each.last)):
        places = tuple(place for each in answer.answers if (place := _place(each, ground)))
        lost += len(answer.answers) - len(places)
        if upto <= answer.first <= answer.last < len(ground.prompt) and len(found) < MOST_POINTS:
            text = " ".join(ground.prompt[answer.first : answer.last + 1])
            found.append(Point(text.strip(_MARKS), tuple(sorted(set(places)))[:MOST_PLACES]))
            upto = answer.last + 1
        else:
            lost += 1
    pointers = len(answers) + sum(len(answer.answers) for answer in answers)
    return Pointed(tuple(found) if 2 * lost <= pointers else (), lost)


def _place(answer: PlaceAnswer, ground: Ground) -> tuple[int, int] | None:
    if not ground.resolves(answer.first, answer.last):
        return None
    words = answer.last + 1 - answer.first
    longest = min(LONGEST_PLACE, ground.size // 2)
    return (answer.first, answer.last + 1) if words <= longest else None
