"""What changed from one take of a talk to another, and whether by more than passages vary."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

from sessions_app.speech.delivered import Delivered
from sessions_app.speech.variation import Spread, all_along, counts_differ, noticeable, spread

ENOUGH_WORDS = 20
"""A passage with fewer says little about pace, and shorter ones spread more than longer ones."""

_PER = 100  # words


class Aspect(StrEnum):
    FILLERS = "fillers"
    PACE = "pace"
    PAUSES = "pauses"


@dataclass(frozen=True, slots=True)
class Altogether:
    """Means over the passages both takes have: fillers per hundred words, words per minute, share
    of silence. `beyond` is `None` with too few passages to know."""

    then: float
    now: float
    beyond: bool | None


@dataclass(frozen=True, slots=True)
class Changes:
    """`passages` has for each pair given what exceeds usual variation: `None` where nobody knows
    it, nothing under an aspect that one of the takes does not have."""

    passages: tuple[Mapping[Aspect, bool | None], ...]
    altogether: Mapping[Aspect, Altogether]


Pairing = tuple[Delivered | None, Delivered | None]
Both = tuple[Delivered, Delivered]
Value = Callable[[Delivered], float | None]


def changes(pairs: Sequence[Pairing]) -> Changes:
    """`pairs` are the passages of both takes, `None` where one does not have it."""
    both = [_both(pair) for pair in pairs]
    found: list[dict[Aspect, bool | None]] = [{} for _ in pairs]
    altogether: dict[Aspect, Altogether] = {}
    for aspect in Aspect:
        value = _VALUES[aspect]
        then, now = (_values([pair[side] for pair in pairs], value) for side in (0, 1))
        known = {at: pair for at, pair in enumerate(both) if pair and _known(pair, value)}
        for at, pair in known.items():
            usual = spread(_but(then, at), _but(now, at))
            found[at][aspect] = _beyond(aspect, pair, usual, len(known)) if usual else None
        if known:
            altogether[aspect] = _altogether(list(known.values()), value)
    return Changes(tuple(found), altogether)


def _both(pair: Pairing) -> Both | None:
    then, now = pair
    if then is None or now is None or min(then.words, now.words) < ENOUGH_WORDS:
        return None
    return then, now


def _values(side: Sequence[Delivered | None], value: Value) -> list[float | None]:
    """Of every passage that is long enough, whether the other take has it or not."""
    enough = (each if each and each.words >= ENOUGH_WORDS else None for each in side)
    return [value(each) if each else None for each in enough]


def _but(values: Sequence[float | None], at: int) -> list[float]:
    """All others: were a passage among them, one that stands out would hide itself."""
    others = (*values[:at], *values[at + 1 :])
    return [value for value in others if value is not None]


def _known(pair: Both, value: Value) -> bool:
    return all(value(side) is not None for side in pair)


def _beyond(aspect: Aspect, pair: Both, usual: Spread, comparisons: int) -> bool:
    """Counts have to pass for more than chance as well: where fillers are rare, one more exceeds
    every spread."""
    then, now = pair
    if aspect is Aspect.FILLERS and not counts_differ(
        then.fillers or 0,
        now.fillers or 0,
        words_then=then.words,
        words_now=now.words,
        comparisons=comparisons,
    ):
        return False
    before, after = (_VALUES[aspect](side) or 0.0 for side in pair)
    return usual.exceeded(before, after, comparisons) and noticeable(before, after)


def _altogether(pairs: Sequence[Both], value: Value) -> Altogether:
    then = [value(pair[0]) or 0.0 for pair in pairs]
    now = [value(pair[1]) or 0.0 for pair in pairs]
    before, after = fmean(then), fmean(now)
    steady = all_along([b - a for a, b in zip(then, now, strict=True)])
    return Altogether(before, after, steady and noticeable(before, after))


def _filler_rate(passage: Delivered) -> float | None:
    return None if passage.fillers is None else passage.fillers * _PER / passage.words


_VALUES: Mapping[Aspect, Value] = {
    Aspect.FILLERS: _filler_rate,
    Aspect.PACE: lambda passage: passage.wpm,
    Aspect.PAUSES: lambda passage: passage.pause_share,
}
