"""What moved since the speaker's earlier talks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sessions_app.coaching.phrases import Phrases
from sessions_app.coaching.schemas import Comparison
from sessions_app.coaching.situation import Situation
from sessions_app.speech.baseline import NOTICEABLE, Change, change
from sessions_app.speech.norms import PaceNorm


class Direction(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    STEADY = "steady"


@dataclass(frozen=True, slots=True)
class Progress:
    topic: str
    change: Change
    direction: Direction


TRACKED = {
    "fillers": "fillers_per_minute",
    "pace": "wpm",
    "pauses": "longest_pause_ms",
    "variety": "pitch_range_semitones",
}


def progress_on(situation: Situation, topic: str) -> Progress | None:
    """How a topic moved, `None` when it is not tracked or there is nothing to compare."""
    metric = TRACKED.get(topic)
    moved = metric and change(metric, situation.metrics, situation.history)
    if not moved:
        return None
    return Progress(topic, moved, _direction(moved, situation.norm))


def comparisons(situation: Situation) -> tuple[Comparison, ...]:
    """The tracked measures beside their mean in earlier talks."""
    return tuple(
        Comparison(
            moved.change.metric, moved.change.earlier, moved.change.talks, moved.change.beyond_usual
        )
        for moved in moves(situation)
    )


def acknowledgement(situation: Situation, texts: Phrases) -> str:
    """What the earlier talks say about this one: best news first, a clear setback after it."""
    found = moves(situation)
    if not found:
        first = situation.exact_words and not situation.history
        return situation.pick(texts.progress["first"], "first") if first else ""
    sentences = [
        situation.pick(texts.progress[key], key).replace("<topic>", texts.topics[moved.topic])
        for key, moved in _news(found)
    ]
    return " ".join(sentences) or situation.pick(texts.progress["steady"], "steady")


def moves(situation: Situation) -> list[Progress]:
    """How each tracked topic moved, those left out that cannot be compared."""
    found = (progress_on(situation, topic) for topic in TRACKED)
    return [moved for moved in found if moved is not None]


def _news(moves: list[Progress]) -> list[tuple[str, Progress]]:
    better = [move for move in moves if move.direction is Direction.BETTER]
    worse = [move for move in moves if move.direction is Direction.WORSE]
    good = sorted(better, key=_weight)
    # Within the usual variation a setback is worth a word only where nothing got better.
    bad = [move for move in worse if move.change.beyond_usual is not False or not good]
    news = [(_better_key(move.change), move) for move in good[:1]]
    setbacks = sorted(bad, key=_weight)[:1]
    return news + [(_worse_key(move.change), move) for move in setbacks]


def _better_key(moved: Change) -> str:
    keys: dict[bool | None, str] = {True: "better_clear", False: "better_slight"}
    return keys.get(moved.beyond_usual, "better_early")


def _worse_key(moved: Change) -> str:
    keys: dict[bool | None, str] = {True: "worse_clear", False: "worse_slight"}
    return keys.get(moved.beyond_usual, "worse_early")


def _weight(move: Progress) -> tuple[bool, float]:
    """Sorts what is beyond the usual first, then the largest change."""
    return not move.change.beyond_usual, -move.change.relative


def _direction(moved: Change, norm: PaceNorm) -> Direction:
    if moved.relative < NOTICEABLE:
        return Direction.STEADY
    gain = _GAINS[moved.metric](moved, norm)
    if gain == 0:
        return Direction.STEADY
    return Direction.BETTER if gain > 0 else Direction.WORSE


def _off(wpm: float, norm: PaceNorm) -> float:
    return max(0.0, norm.low - wpm, wpm - norm.high)


_GAINS: dict[str, Callable[[Change, PaceNorm], float]] = {
    "fillers_per_minute": lambda moved, norm: moved.earlier - moved.now,
    "longest_pause_ms": lambda moved, norm: moved.earlier - moved.now,
    "pitch_range_semitones": lambda moved, norm: moved.now - moved.earlier,
    "wpm": lambda moved, norm: _off(moved.earlier, norm) - _off(moved.now, norm),
}
