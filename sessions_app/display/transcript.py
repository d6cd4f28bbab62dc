"""The transcript in paragraphs, its words grouped by the finding that highlights them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sessions_app.display.names import KINDS, name_of
from sessions_app.display.text import clock, seconds
from sessions_app.report import Report
from sessions_app.speech.corrections import Correction, CorrectionKind
from sessions_app.speech.findings import Finding, FindingKind, FindingStatus
from sessions_app.speech.words import Word

# Later kinds win where two findings share a word.
_MARKED = (
    FindingKind.OVERUSED_WORD,
    FindingKind.NON_INCLUSIVE,
    FindingKind.HEDGE,
    FindingKind.WEAK_OPENER,
    FindingKind.RESTART,
    FindingKind.REPETITION,
    FindingKind.FILLER,
)
_PAUSES = (FindingKind.LONG_PAUSE, FindingKind.MID_SENTENCE_PAUSE)
_STRETCHES = (
    FindingKind.PACE_FAST,
    FindingKind.PACE_SLOW,
    FindingKind.RUN_ON,
    FindingKind.FILLER_CLUSTER,
)
PARAGRAPH_WORDS = 70
PARAGRAPH_MAX_WORDS = 150
PARAGRAPH_GAP_MS = 700


@dataclass(frozen=True, slots=True)
class Token:
    """A word; `ms` is where the player jumps to, `None` where no time is known.

    `before` is what stood there until its speaker said it was another word.
    """

    index: int
    text: str
    ms: int | None
    before: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """`number` tells the marks of neighbours apart that are alike in all else."""

    number: int
    kind: str
    name: str
    why: str
    possible: bool
    yours: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A note between words: a pause, or the start of a stretch."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that share one highlight, after the notes before them; `stretch` is CSS classes."""

    chips: tuple[Chip, ...]
    tokens: tuple[Token, ...]
    mark: Mark | None
    stretch: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`start` is its first word."""

    start: int
    clock: str
    pieces: tuple[Piece, ...]


def paragraphs(report: Report) -> tuple[Paragraph, ...]:
    layers = _Layers(report.words, report.findings, report.corrections)
    return tuple(
        Paragraph(start, _clock_of(report.words[start]), tuple(layers.pieces(start, end)))
        for start, end in paragraph_ranges(report.words, report.sentences)
    )


def paragraph_ranges(
    words: tuple[Word, ...], sentences: tuple[tuple[int, int], ...]
) -> Iterator[tuple[int, int]]:
    """Half-open word ranges that cover all words in order.

    A new turn starts a paragraph; a long one ends with its sentence, or at a pause where the
    text has no sentences.
    """
    openings = {start for start, _ in sentences}
    begin = 0
    for i in range(1, len(words)):
        if _breaks(words, i, i - begin, i in openings):
            yield begin, i
            begin = i
    if words:
        yield begin, len(words)


def _breaks(words: tuple[Word, ...], i: int, length: int, opens_sentence: bool) -> bool:
    if words[i].turn != words[i - 1].turn or length >= PARAGRAPH_MAX_WORDS:
        return True
    if length < PARAGRAPH_WORDS:
        return False
    return opens_sentence or _gap_ms(words[i - 1], words[i]) >= PARAGRAPH_GAP_MS


def _gap_ms(before: Word, after: Word) -> int:
    if before.end_ms is None or after.start_ms is None:
        return 0
    return after.start_ms - before.end_ms


def _clock_of(word: Word) -> str:
    return "" if word.start_ms is None else clock(word.start_ms)


class _Layers:
    """What lies over each word: one mark, any stretches, and notes before it."""

    def __init__(
        self,
        words: tuple[Word, ...],
        findings: tuple[Finding, ...],
        corrections: tuple[Correction, ...],
    ) -> None:
        self._words = words
        self._before = {c.start_word: c.said for c in corrections if c.kind is CorrectionKind.WORD}
        self._marks: dict[int, Mark] = {}
        self._stretches: defaultdict[int, set[str]] = defaultdict(set)
        self._chips: defaultdict[int, dict[str, Chip]] = defaultdict(dict)
        starts = [word.start_ms or 0 for word in words]
        for number, finding in _by_rank(findings):
            if finding.kind in _MARKED:
                self._add_mark(number, finding)
            elif finding.kind in _PAUSES:
                self._add_pause(finding, starts)
            elif finding.kind in _STRETCHES:
                self._add_stretch(finding)

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        begin = start
        for i in range(start + 1, end + 1):
            if i == end or i in self._chips or self._over(i) != self._over(begin):
                yield self._piece(begin, i)
                begin = i

    def _over(self, i: int) -> tuple[Mark | None, frozenset[str]]:
        return self._marks.get(i), frozenset(self._stretches.get(i, ()))

    def _piece(self, start: int, end: int) -> Piece:
        mark, stretches = self._over(start)
        return Piece(
            chips=tuple(self._chips[start].values()) if start in self._chips else (),
            tokens=tuple(self._token(i) for i in range(start, end)),
            mark=mark,
            stretch=" ".join(sorted(stretches)),
        )

    def _token(self, i: int) -> Token:
        word = self._words[i]
        return Token(i, word.text, word.start_ms, self._before.get(i, ""))

    def _add_mark(self, number: int, finding: Finding) -> None:
        mark = Mark(
            number=number,
            kind=_css(finding),
            name=name_of(KINDS, finding.kind),
            why=finding.why,
            possible=finding.status == FindingStatus.POSSIBLE,
            yours=finding.correction is not None,
        )
        for i in range(finding.start_word, min(finding.end_word, len(self._words))):
            self._marks[i] = mark

    def _add_pause(self, finding: Finding, starts: list[int]) -> None:
        if finding.start_ms is None or finding.end_ms is None:
            return
        after = bisect_left(starts, finding.end_ms)
        text = _("pause %(length)s") % {"length": seconds(finding.end_ms - finding.start_ms)}
        self._chips[after][text] = Chip(_css(finding), text)

    def _add_stretch(self, finding: Finding) -> None:
        name = name_of(KINDS, finding.kind)
        self._chips[finding.start_word][name] = Chip(_css(finding), name)
        for i in range(finding.start_word, min(finding.end_word, len(self._words))):
            self._stretches[i].add(f"in-{_css(finding)}")


def _by_rank(findings: tuple[Finding, ...]) -> list[tuple[int, Finding]]:
    """Findings that stand, those that win a shared word last."""
    rank = {kind: place for place, kind in enumerate(_MARKED)}
    standing = [(n, f) for n, f in enumerate(findings) if f.status != FindingStatus.REJECTED]
    return sorted(standing, key=lambda item: rank.get(item[1].kind, -1))


def _css(finding: Finding) -> str:
    return finding.kind.replace("_", "-")
