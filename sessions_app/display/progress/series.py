"""One measure over the talks, each value beside what was usual before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sessions_app.display.progress.measures import Followed
from sessions_app.display.progress.talks import Talk
from sessions_app.speech.baseline import TALKS
from sessions_app.speech.trends import Usual, usual_after


@dataclass(frozen=True, slots=True)
class Point:
    """`at` is the place of the talk among those shown, from 1. `usual` is what was usual in the
    talks before it, as its report has it; `None` with too few of them.
    """

    at: int
    talk: Talk
    value: float
    usual: Usual | None

    @property
    def beyond(self) -> bool:
        """Beyond the speaker's usual variation, as far as it is known."""
        return self.usual is not None and not self.usual.holds(self.value)


def points(measure: Followed, talks: Sequence[Talk], shown: Sequence[Talk]) -> tuple[Point, ...]:
    """One to each talk of `shown` that has the measure, and the same as the newest of them has.

    `talks` are all that can be compared, oldest first, those shown among them.
    """
    places = {talk.key: at for at, talk in enumerate(shown, start=1)}
    found = tuple(_points(measure, talks, places))
    return tuple(point for point in found if measure.alike(point.talk, found[-1].talk))


def _points(
    measure: Followed, talks: Sequence[Talk], places: Mapping[UUID, int]
) -> Iterator[Point]:
    for index, talk in enumerate(talks):
        at, value = places.get(talk.key), measure.of(talk)
        if at is None or value is None:
            continue
        before = talks[max(0, index - TALKS) : index]
        yield Point(at, talk, value, usual_after(_values(measure, before, talk)))


def _values(measure: Followed, before: Sequence[Talk], talk: Talk) -> list[float]:
    alike = (measure.of(each) for each in before if measure.alike(each, talk))
    return [value for value in alike if value is not None]
