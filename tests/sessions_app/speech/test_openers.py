from __future__ import annotations

from sessions_app.speech.atoms import atomise
from sessions_app.speech.findings import Finding
from sessions_app.speech.openers import opener_findings, starter_findings
from sessions_app.speech.sentences import sentences
from tests.sessions_app.speech.said import english, notes, said


def openers(text: str) -> list[Finding]:
    words = said(text)
    return opener_findings(atomise(words), english(), notes(words))


def starters(text: str) -> list[tuple[str, int]]:
    words = said(text)
    found = starter_findings(atomise(words), sentences(words, "en"), english(), notes(words))
    return [(finding.label, finding.start_word) for finding in found]


def test_an_opener_has_its_own_reason() -> None:
    (sorry,) = openers("Hello all, I'm sorry for the delay.")
    assert sorry.text == "I'm sorry"
    assert "apology" in sorry.why.lower()


def test_only_the_opening_has_openers() -> None:
    assert openers("word " * 40 + "sorry") == []
    assert len(openers("word " * 39 + "sorry")) == 1


def test_a_habitual_starter_is_found_each_time() -> None:
    text = "So we left. So we ate. He slept. So we sang. So we won."
    assert starters(text) == [("so", 0), ("so", 3), ("so", 8), ("so", 11)]


def test_an_occasional_starter_is_fine() -> None:
    assert starters("So we left. So we ate. So we sang. He slept.") == []
    assert starters("So we left. " * 4 + "He slept well. " * 13) == []
