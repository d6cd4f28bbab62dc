"""Labelled texts read a second time by the model, as the words of a talk are."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ai.client import Client
from ai.config import Config
from ai.ledger import Subject
from ai.questions import Deadline
from metrics_app.record import DatabaseBooks
from sessions_app.coaching.assignment import Assignment, Times
from sessions_app.coaching.branches import read_words
from sessions_app.coaching.failure import Failure
from sessions_app.coaching.ground import Ground
from sessions_app.coaching.readings import Readings
from sessions_app.coaching.situation import Situation
from sessions_app.speech.fillers import FillerMatch, find_fillers
from sessions_app.speech.findings import Finding, FindingKind, FindingStatus
from sessions_app.speech.material import Material
from sessions_app.speech.measures import measure
from sessions_app.speech.notes import Notes
from sessions_app.speech.packs import LanguagePack, Verdict
from sessions_app.speech.scores import score
from sessions_app.speech.words import Word

NAME = "evaluate_fillers"
SUBJECT = Subject(owner_id=None, run_kind=NAME)
_STATUS = {
    Verdict.COUNTED: FindingStatus.COUNTED,
    Verdict.POSSIBLE: FindingStatus.POSSIBLE,
}

Text = Sequence[Word]
Matches = list[FillerMatch]


@dataclass(frozen=True, slots=True)
class Reread:
    """The fillers of each text; `lost` of all `passages` got no answer, `failure` says why."""

    matches: list[Matches]
    passages: int
    lost: int
    failure: Failure | None


def reread_texts(
    texts: Sequence[Text], pack: LanguagePack, config: Config, seconds: float
) -> Reread:
    """The texts one after the other as one talk, read in windows. Where a window is lost, the
    rules stand. `seconds` is what all of it may take.
    """
    by_rule = [find_fillers(words, pack) for words in texts]
    starts = _starts(texts)
    assignment = _assignment(texts, starts, by_rule, pack, config)
    readings = Readings()
    failure = asyncio.run(_read(assignment, readings, config, seconds))
    found = readings.reread(assignment).findings
    counted = [
        finding
        for finding in found
        if finding.kind is FindingKind.FILLER and finding.status is FindingStatus.COUNTED
    ]
    return Reread(
        matches=[
            list(_matches_of(words, start, matches, counted))
            for words, start, matches in zip(texts, starts, by_rule, strict=True)
        ],
        passages=len(assignment.windows),
        lost=len(readings.lost),
        failure=failure or next(iter(readings.lost.values()), None),
    )


async def _read(
    assignment: Assignment, readings: Readings, config: Config, seconds: float
) -> Failure | None:
    async with Client(config, SUBJECT, DatabaseBooks()) as client:
        return await read_words(assignment, client, readings, Deadline.after(seconds))


def _starts(texts: Sequence[Text]) -> list[int]:
    """The number of each text's first word in all of them together."""
    starts, at = [], 0
    for words in texts:
        starts.append(at)
        at += len(words)
    return starts


def _assignment(
    texts: Sequence[Text],
    starts: list[int],
    by_rule: list[Matches],
    pack: LanguagePack,
    config: Config,
) -> Assignment:
    words = tuple(word for text in texts for word in text)
    sentences = tuple(
        (start, start + len(text)) for start, text in zip(starts, texts, strict=True) if text
    )
    notes = Notes(words, pack)
    findings = tuple(
        _finding(match, start, notes)
        for matches, start in zip(by_rule, starts, strict=True)
        for match in matches
    )
    sounds = frozenset(entry.label for entry in pack.lexical)
    material = Material(words, findings, sentences, sounds=sounds)
    metrics = measure(material)
    situation = Situation(
        pack.language, words, findings, sentences, metrics, score(metrics), sounds=sounds
    )
    return Assignment(
        situation=situation,
        measured=lambda found: replace(situation, findings=found),
        ground=Ground(notes, pack.language, sentences, sounds, placed=False),
        kind="",
        prompt="",
        analysis_model=config.models.analysis,
        coaching_model=config.models.coaching,
        threshold=0.0,
        times=Times(0, 0, 0),
        name=NAME,
    )


def _finding(match: FillerMatch, start: int, notes: Notes) -> Finding:
    return notes.note(
        FindingKind.FILLER,
        match.label,
        start + match.start_word,
        start + match.last_word + 1,
        status=_STATUS[match.verdict],
        confidence=match.confidence,
    )


def _matches_of(
    words: Text, start: int, by_rule: Matches, counted: list[Finding]
) -> Iterator[FillerMatch]:
    """The counted findings within one text; those the rules had keep their exact characters."""
    known = {(match.start_word, match.last_word): match for match in by_rule}
    for finding in counted:
        first, last = finding.start_word - start, finding.end_word - 1 - start
        if not 0 <= first <= last < len(words):
            continue
        match = known.get((first, last)) or _new(words, first, last, finding.label)
        yield replace(match, verdict=Verdict.COUNTED)


def _new(words: Text, first: int, last: int, label: str) -> FillerMatch:
    """From the first letter to the last: marks at the ends belong to no filler."""
    return FillerMatch(
        label=label,
        start_word=first,
        start_char=_letters(words[first].text)[0],
        last_word=last,
        end_char=_letters(words[last].text)[-1] + 1,
        verdict=Verdict.COUNTED,
        confidence=1.0,
        lexical=False,
    )


def _letters(text: str) -> Sequence[int]:
    return [at for at, letter in enumerate(text) if letter.isalnum()] or range(len(text))
