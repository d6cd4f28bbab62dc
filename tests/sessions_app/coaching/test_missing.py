from dataclasses import replace

import pytest

from sessions_app.coaching.ground import Ground
from sessions_app.coaching.missing import found, overlapping
from sessions_app.speech.findings import Decision, Finding, FindingKind, FindingSource
from sessions_app.speech.words import Word
from tests.sessions_app.coaching.model import missed
from tests.sessions_app.speech.said import notes, timed

# 0 It 1 was, 2 I 3 guess, 4 you 5 know 6 whatnot 7 — 8 the 9 the 10 end
WORDS = timed("It was, I guess, You know whatnot — the the end of it all")
GROUND = Ground(notes(WORDS), "en", ((0, len(WORDS)),))


def test_is_filed_under_the_label_the_pack_uses() -> None:
    filler, hedge = found(missed(4, 5), GROUND), found(missed(2, 3, kind="hedge"), GROUND)
    assert filler is not None
    assert hedge is not None
    assert (filler.label, filler.text) == ("you know", "You know")
    assert (hedge.label, hedge.text) == ("I guess", "I guess,")


def test_is_filed_under_its_own_words_where_the_pack_has_none() -> None:
    filler = found(missed(6, sure=0.8, why="says nothing"), GROUND)
    assert filler is not None
    assert (filler.label, filler.source, filler.confidence) == ("whatnot", FindingSource.AI, 0.8)
    assert (filler.start_ms, filler.end_ms) == (WORDS[6].start_ms, WORDS[6].end_ms)
    assert filler.review is not None
    assert (filler.review.decision, filler.review.reason) == (Decision.ADDED, "says nothing")
    assert filler.why
    assert filler.advice


def test_a_language_without_a_pack_has_findings_without_texts() -> None:
    bare = Ground(replace(notes(WORDS), pack=None), "fr", ())
    repetition = found(missed(8, 9, kind="repetition"), bare)
    assert repetition is not None
    assert (repetition.label, repetition.why) == ("the the", "")


@pytest.mark.parametrize(
    ("first", "last", "kind"),
    [(7, 7, "filler"), (0, 4, "filler"), (0, 6, "hedge"), (0, 12, "restart")],
)
def test_marks_and_passages_are_no_slips(first: int, last: int, kind: str) -> None:
    assert found(missed(first, last, kind=kind), GROUND) is None


def test_nothing_reaches_from_one_turn_to_the_next() -> None:
    words = (Word("so", turn=0), Word("well", turn=1))
    assert found(missed(0, 1), Ground(notes(words), "en", ())) is None


def test_overlaps_only_with_its_like() -> None:
    finding = Finding(FindingKind.FILLER, "x", "x", 3, 5)
    others = [Finding(kind, "x", "x", 4, 8) for kind in FindingKind]
    alike = [other.kind for other in others if overlapping(finding, [other])]
    assert alike == [FindingKind.FILLER, FindingKind.HEDGE]
    assert not overlapping(finding, [Finding(FindingKind.FILLER, "x", "x", 5, 6)])
