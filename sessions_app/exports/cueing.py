"""Words divided into cues: what stands on the screen together.

Lengths are those broadcasters keep to (BBC, Netflix): two lines of 42 characters, 7 s at most, and
a second where there is room for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sessions_app.speech.words import Word

LINE = 42
LONGEST_MS = 7_000
SHORTEST_MS = 1_000
PAUSE_MS = 700
"""From here on silence parts cues, as it parts sentences where text has no marks."""
_COMMAS = (",", ";", ":", "–", "—")
_COMMA_WORTH = 0.3
_SILENCE_WORTH = 0.5
"""Of a second of silence. Both in shares of the length, by which a cut may miss the middle."""


@dataclass(frozen=True, slots=True)
class TimedCue:
    """One or two lines; `start_ms < end_ms`, never past the start of the next."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """A word with times; from here on they are known and never go back."""

    text: str
    start_ms: int
    end_ms: int


def cues(words: Sequence[Word], sentences: Sequence[tuple[int, int]]) -> tuple[TimedCue, ...]:
    """None where no word has a time."""
    said = _timed(words)
    if not said:
        return ()
    pieces = [
        piece
        for start, end in _stretches(words, said, sentences)
        for piece in _divided(said[start:end])
    ]
    followers = [piece[0].start_ms for piece in pieces[1:]]
    return tuple(
        _cue(piece, following) for piece, following in zip(pieces, [*followers, None], strict=True)
    )


def _timed(words: Sequence[Word]) -> list[_Said]:
    """A word without a time is said with the one before it; times that overlap follow each other.

    Every word starts a millisecond after the last one at the earliest, so that every cue has a
    time of its own.
    """
    if all(word.start_ms is None for word in words):
        return []
    said: list[_Said] = []
    earliest = ended = 0
    for word in words:
        start = max(earliest, ended if word.start_ms is None else word.start_ms)
        ended = max(start + 1, word.end_ms or 0)
        said.append(_Said(word.text, start, ended))
        earliest = start + 1
    return said


def _stretches(
    words: Sequence[Word], said: Sequence[_Said], sentences: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Ranges that no cue reaches out of: sentences, turns, and what lies between pauses."""
    starts = {start for start, _ in sentences} | {0}
    for i in range(1, len(words)):
        silence = said[i].start_ms - said[i - 1].end_ms
        if words[i].turn != words[i - 1].turn or silence >= PAUSE_MS:
            starts.add(i)
    yield from pairwise([*sorted(start for start in starts if start < len(words)), len(words)])


def _divided(said: Sequence[_Said]) -> Iterator[Sequence[_Said]]:
    """In halves, and these again, until each piece can be read at once."""
    if len(said) == 1 or _fits(said):
        yield said
        return
    cut = _best_cut(said)
    yield from _divided(said[:cut])
    yield from _divided(said[cut:])


def _fits(said: Sequence[_Said]) -> bool:
    if said[-1].end_ms - said[0].start_ms > LONGEST_MS:
        return False
    return _line_cut([word.text for word in said]) is not None


def _best_cut(said: Sequence[_Said]) -> int:
    """Near the middle, rather after a comma and where there is silence; never in the outer
    quarters, so that no word is left alone.
    """
    lengths = [len(word.text) + 1 for word in said]
    total = sum(lengths)
    best, best_cost, before = 1, float("inf"), 0
    for i in range(1, len(said)):
        before += lengths[i - 1]
        if len(said) > 3 and not total / 4 <= before <= total * 3 / 4:  # noqa: PLR2004
            continue
        cost = abs(2 * before - total) / total - _break_worth(said[i - 1], said[i])
        if cost < best_cost:
            best, best_cost = i, cost
    return best


def _break_worth(last: _Said, first: _Said) -> float:
    silence = min(max(0, first.start_ms - last.end_ms), 1000) / 1000
    comma = _COMMA_WORTH if last.text.endswith(_COMMAS) else 0.0
    return comma + _SILENCE_WORTH * silence


def _cue(said: Sequence[_Said], following: int | None) -> TimedCue:
    start = said[0].start_ms
    end = max(said[-1].end_ms, start + SHORTEST_MS)
    if following is not None:
        end = min(end, following)
    texts = [word.text for word in said]
    cut = _line_cut(texts)
    lines = (texts,) if not cut else (texts[:cut], texts[cut:])
    return TimedCue(start, end, tuple(" ".join(line) for line in lines))


def _line_cut(texts: Sequence[str]) -> int | None:
    """Before which word a second line begins: 0 for a single line, `None` for too much text."""
    length = len(" ".join(texts))
    if length <= LINE:
        return 0
    if length > 2 * LINE + 1:
        return None
    cuts = [
        (abs(len(" ".join(texts[:i])) - len(" ".join(texts[i:]))), i)
        for i in range(1, len(texts))
        if len(" ".join(texts[:i])) <= LINE and len(" ".join(texts[i:])) <= LINE
    ]
    return min(cuts)[1] if cuts else None
