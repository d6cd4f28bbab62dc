"""What moved since the speaker's earlier talks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from sessions_app.coaching.phrases import Phrases
from sessions_app.coaching.schemas import Comparison
from sessions_app.coaching.situation import Situation
from sessions_app.speech.baseline import NOTICEABLE, Change, Reading, change
from sessions_app.speech.metrics import Metrics
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


News = tuple[str, Direction, bool | None]

TRACKED = {
    "fillers": "fillers_per_minute",
    "pace": "wpm",
    "pauses": "longest_pause_ms",
    "variety": "pitch_range_semitones",
}
"""Topics and their fields of `Metrics`, shown beside the earlier talks."""

_OF_SOUND = ("variety",)
"""A draft misses words: its pace and pauses are not those of exact words."""

_RATES: dict[str, Reading] = {
    "repetition": lambda metrics: _per_hundred_words(metrics.repetitions, metrics),
    "hedges": lambda metrics: _per_hundred_words(metrics.hedges, metrics),
    "sentences": lambda metrics: metrics.sentence_words_mean,
}
"""Topics whose history is not shown, but counts in what to work on; less is better."""


def progress_on(situation: Situation, topic: str) -> Progress | None:
    """How a topic moved, `None` when nobody knows or there is nothing to compare."""
    if not (situation.exact_words or topic in _OF_SOUND):
        return None
    moved = _change(situation, topic)
    return None if moved is None else Progress(topic, moved, _direction(moved, situation.norm))


def comparisons(situation: Situation) -> tuple[Comparison, ...]:
    """The tracked measures beside their mean in earlier talks."""
    return tuple(
        Comparison(
            moved.change.metric, moved.change.earlier, moved.change.talks, moved.change.beyond_usual
        )
        for moved in moves(situation)
    )


def news_of(told: Iterable[Comparison], situation: Situation) -> list[News]:
    """What comparisons say without figures: metric, direction, and whether beyond the usual."""
    values = ((each, getattr(situation.metrics, each.metric)) for each in told)
    changes = [
        Change(each.metric, float(value), each.earlier, each.talks, each.beyond_usual)
        for each, value in values
        if value is not None
    ]
    return [(each.metric, _direction(each, situation.norm), each.beyond_usual) for each in changes]


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


def _change(situation: Situation, topic: str) -> Change | None:
    now, history = situation.metrics, situation.history
    if topic in TRACKED:
        return change(TRACKED[topic], now, history)
    return change(topic, now, history, _RATES[topic]) if topic in _RATES else None


def _direction(moved: Change, norm: PaceNorm) -> Direction:
    if moved.relative < NOTICEABLE:
        return Direction.STEADY
    gain = _GAINS.get(moved.metric, _less)(moved, norm)
    if gain == 0:
        return Direction.STEADY
    return Direction.BETTER if gain > 0 else Direction.WORSE


def _off(wpm: float, norm: PaceNorm) -> float:
    return max(0.0, norm.low - wpm, wpm - norm.high)


def _less(moved: Change, norm: PaceNorm) -> float:
    return moved.earlier - moved.now


def _per_hundred_words(count: int | None, metrics: Metrics) -> float | None:
    if count is None or not metrics.word_count:
        return None
    return 100 * count / metrics.word_count


_GAINS: dict[str, Callable[[Change, PaceNorm], float]] = {
    "pitch_range_semitones": lambda moved, norm: moved.now - moved.earlier,
    "wpm": lambda moved, norm: _off(moved.earlier, norm) - _off(moved.now, norm),
}
