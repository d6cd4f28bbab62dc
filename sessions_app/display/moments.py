"""Words of a talk as something to read and to play."""

from __future__ import annotations

from dataclasses import dataclass

from sessions_app.coaching.schemas import Evidence
from sessions_app.display.text import clock, quote
from sessions_app.speech.words import Word


@dataclass(frozen=True, slots=True)
class Moment:
    """`ms` is `None` where no time is known."""

    quote: str
    ms: int | None
    clock: str


def moment(evidence: Evidence, words: tuple[Word, ...]) -> Moment:
    said = words[evidence.start_word : evidence.end_word]
    return moment_at(" ".join(word.text for word in said), said[0].start_ms if said else None)


def moment_at(text: str, ms: int | None) -> Moment:
    return Moment(quote(text), ms, "" if ms is None else clock(ms))


def exact_clock(ms: int) -> str:
    """A moment to the tenth of a second, m:ss.t, cut and not rounded as `clock` is."""
    return f"{clock(ms)}.{ms % 1000 // 100}"
