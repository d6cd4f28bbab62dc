"""Two takes of one talk, passage by passage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sessions_app.speech.passages import Range, length, passages, pieces
from sessions_app.speech.stems import Stemmer, norms
from sessions_app.speech.takes import same_places
from sessions_app.speech.words import Word

SHORTEST, LONGEST = 40, 80
"""Words of a passage: a quarter to half a minute, enough for a pace and for more than chance."""

PIECE = 25
"""Words of what is compared at most; longer sentences are compared in parts."""

ASIDE = 20
"""Words. Fewer that only one take has are a remark inside a passage; from here on they are a
passage of their own, new or left out."""


@dataclass(frozen=True, slots=True)
class Take:
    """`sentences` are half-open word ranges that cover all words in order."""

    words: tuple[Word, ...]
    sentences: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """The same passage as word ranges in both takes; `None` where a take does not have it."""

    then: Range | None
    now: Range | None


_Run = tuple[Range, Range]  # consecutive pieces then and now that say the same, by their numbers


def paired(then: Take, now: Take, language: str) -> tuple[Pair, ...]:
    """Passages in order. On either side they cover all words, and neither ever goes back."""
    stemmer = Stemmer(language)
    before, after = list(pieces(then.sentences, PIECE)), list(pieces(now.sentences, PIECE))
    places = same_places(_stems(then, before, stemmer), _stems(now, after, stemmer))
    same = [((old, old + 1), (new, new + 1)) for old, new in places]
    runs = _grown(same, before, after)
    return tuple(_pairs(_gathered(runs, before, after), before, after))


def _stems(take: Take, ranges: Sequence[Range], stemmer: Stemmer) -> list[frozenset[str]]:
    texts = (" ".join(word.text for word in take.words[start:end]) for start, end in ranges)
    return [frozenset(stemmer(norm) for norm in norms(text)) for text in texts]


def _grown(runs: Sequence[_Run], before: Sequence[Range], after: Sequence[Range]) -> list[_Run]:
    then = _with_asides([run[0] for run in runs], before)
    now = _with_asides([run[1] for run in runs], after)
    return list(zip(then, now, strict=True))


def _with_asides(spans: Sequence[Range], ranges: Sequence[Range]) -> list[Range]:
    """Each span with the few words that follow it, the first also with those before it."""
    if not spans:
        return []
    limits = [*(start for start, _ in spans[1:]), len(ranges)]
    grown = [
        (start, limit if _words(ranges, (end, limit)) < ASIDE else end)
        for (start, end), limit in zip(spans, limits, strict=True)
    ]
    if _words(ranges, (0, grown[0][0])) < ASIDE:
        grown[0] = (0, grown[0][1])
    return grown


def _gathered(runs: Sequence[_Run], before: Sequence[Range], after: Sequence[Range]) -> list[_Run]:
    """Runs with nothing between them put together until they make passages."""

    def size(run: _Run) -> float:
        return (_words(before, run[0]) + _words(after, run[1])) / 2

    made: list[_Run] = []
    for run in runs:
        wider = _joined(made[-1], run) if made else None
        small = bool(made) and size(made[-1]) < SHORTEST
        if wider and small and size(wider) <= LONGEST:
            made[-1] = wider
        else:
            made.append(run)
    if len(made) > 1 and size(made[-1]) < SHORTEST:
        wider = _joined(*made[-2:])
        if wider and size(wider) <= LONGEST:
            made[-2:] = [wider]
    return made


def _joined(left: _Run, right: _Run) -> _Run | None:
    """`None` where something stands between them."""
    if left[0][1] != right[0][0] or left[1][1] != right[1][0]:
        return None
    return (left[0][0], right[0][1]), (left[1][0], right[1][1])


def _pairs(runs: Sequence[_Run], before: Sequence[Range], after: Sequence[Range]) -> Iterator[Pair]:
    """The runs as passages, and between them what only one take has."""
    end: _Run = ((len(before), len(before)), (len(after), len(after)))
    upto = (0, 0)
    for run in (*runs, end):
        for left_out in passages(before[upto[0] : run[0][0]], SHORTEST, LONGEST):
            yield Pair(left_out, None)
        for new in passages(after[upto[1] : run[1][0]], SHORTEST, LONGEST):
            yield Pair(None, new)
        if run is not end:
            yield Pair(_whole(before, run[0]), _whole(after, run[1]))
        upto = run[0][1], run[1][1]


def _whole(ranges: Sequence[Range], span: Range) -> Range:
    return ranges[span[0]][0], ranges[span[1] - 1][1]


def _words(ranges: Sequence[Range], span: Range) -> int:
    return sum(length(each) for each in ranges[slice(*span)])
