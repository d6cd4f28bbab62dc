"""How one passage of a talk was delivered."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sessions_app.speech.findings import Finding, FindingKind, FindingStatus
from sessions_app.speech.gaps import gaps, length_ms, word_regions
from sessions_app.speech.material import WordTimes
from sessions_app.speech.measures import per_minute
from sessions_app.speech.passages import Range, length
from sessions_app.speech.pause_classes import PAUSE_MS
from sessions_app.speech.words import Word


@dataclass(frozen=True, slots=True)
class Delivered:
    """`wpm` is per minute of speaking time, `pause_share` the share of its time that was silence
    of at least 0.2 s between its words. `None` where the talk does not support it.
    """

    words: int
    fillers: int | None
    wpm: float | None
    pause_share: float | None


def delivered(
    words: Sequence[Word],
    passage: Range,
    fillers: Sequence[int] | None,
    times: WordTimes,
) -> Delivered:
    """`fillers` are the first words of all fillers of the talk in order, as `counted_at` gives
    them, `None` where fillers are not judged; those that begin in the passage count.
    """
    said = words[slice(*passage)]
    placed = times in (WordTimes.EXACT, WordTimes.CUES)
    return Delivered(
        words=length(passage),
        fillers=None if fillers is None else _inside(fillers, passage),
        wpm=per_minute(_timed(said), length_ms(word_regions(said))) if placed else None,
        pause_share=_pause_share(said) if times is WordTimes.EXACT else None,
    )


def counted_at(findings: Iterable[Finding]) -> list[int]:
    """Where the counted fillers begin, in order."""
    return sorted(
        finding.start_word
        for finding in findings
        if finding.kind is FindingKind.FILLER and finding.status is FindingStatus.COUNTED
    )


def _inside(places: Sequence[int], passage: Range) -> int:
    return bisect_left(places, passage[1]) - bisect_left(places, passage[0])


def _timed(words: Sequence[Word]) -> int:
    return sum(word.start_ms is not None and word.end_ms is not None for word in words)


def _pause_share(words: Sequence[Word]) -> float | None:
    silent = sum(gap.length_ms for gap in gaps(words) if gap.length_ms >= PAUSE_MS)
    spoken = sum(
        word.end_ms - word.start_ms
        for word in words
        if word.start_ms is not None and word.end_ms is not None
    )
    return silent / (silent + spoken) if spoken else None
