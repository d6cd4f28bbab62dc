"""One word of a report as its speaker may correct it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sessions_app.display.corrections import what
from sessions_app.display.findings import FindingRow, finding_row
from sessions_app.display.moments import exact_clock
from sessions_app.display.transcript import paragraph_ranges
from sessions_app.report import Report
from sessions_app.speech.findings import FindingKind, FindingStatus

CONTEXT_WORDS = 8
LONGEST_PHRASE = 4
"""Words of the longest phrase offered as a filler; the longest a pack knows have three."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words from the chosen one up to, not including, `end`."""

    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    index: int
    text: str


@dataclass(frozen=True, slots=True)
class Made:
    """A correction by its number, and what it says."""

    number: int
    what: str


@dataclass(frozen=True, slots=True)
class WordPage:
    """Words `index` up to, not including, `end`: one. `seconds` and `clock` are where it is said.

    `before` and `after` are the words around it; `passage` is the paragraph it stands in.

    `fillers` are those this word is part of, judged or not; `phrases` what can be called one
    anew; `corrections` those that made the word what it is.
    """

    index: int
    end: int
    text: str
    ms: int | None
    seconds: str
    clock: str
    before: str
    after: str
    passage: tuple[Neighbour, ...]
    fillers: tuple[FindingRow, ...]
    phrases: tuple[Phrase, ...]
    corrections: tuple[Made, ...]


def word_page(report: Report, index: int) -> WordPage:
    """Raises `IndexError` for a word that is not there."""
    words = report.words
    word = words[index]
    return WordPage(
        index=index,
        end=index + 1,
        text=word.text,
        ms=word.start_ms,
        seconds="" if word.start_ms is None else f"{word.start_ms / 1000:.2f}",
        clock="" if word.start_ms is None else exact_clock(word.start_ms),
        before=" ".join(each.text for each in words[max(0, index - CONTEXT_WORDS) : index]),
        after=" ".join(each.text for each in words[index + 1 : index + 1 + CONTEXT_WORDS]),
        passage=tuple(_passage(report, index)),
        fillers=tuple(_fillers(report, index)),
        phrases=tuple(_phrases(report, index)),
        corrections=tuple(
            Made(made.number, what(made))
            for made in report.corrections
            if made.touches(index, index + 1)
        ),
    )


def _passage(report: Report, index: int) -> Iterator[Neighbour]:
    for start, end in paragraph_ranges(report.words, report.sentences):
        if start <= index < end:
            yield from (Neighbour(at, report.words[at].text) for at in range(start, end))


def _fillers(report: Report, index: int) -> Iterator[FindingRow]:
    for finding in report.findings:
        if finding.kind is FindingKind.FILLER and finding.start_word <= index < finding.end_word:
            yield finding_row(finding)


def _phrases(report: Report, index: int) -> Iterator[Phrase]:
    """None that would count a word twice or join two turns, nor one that is asked about already."""
    counted, asked = set[int](), set[tuple[int, int]]()
    for finding in report.findings:
        if finding.kind is FindingKind.FILLER:
            asked.add((finding.start_word, finding.end_word))
            if finding.status is FindingStatus.COUNTED:
                counted.update(range(finding.start_word, finding.end_word))
    words = report.words
    for end in range(index + 1, min(index + LONGEST_PHRASE, len(words)) + 1):
        if end - 1 in counted or words[end - 1].turn != words[index].turn:
            return
        if (index, end) not in asked:
            yield Phrase(end, " ".join(word.text for word in words[index:end]))
