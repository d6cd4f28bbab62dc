from __future__ import annotations

from sessions_app.speech.atoms import atomise
from sessions_app.speech.findings import Finding
from sessions_app.speech.overused import overused_findings
from tests.sessions_app.speech.said import english, notes, said


def found(text: str) -> list[Finding]:
    words = said(text)
    return overused_findings(atomise(words), english(), notes(words))


def filled(text: str, length: int) -> str:
    """The text among function words, `length` words in all."""
    return text + " the" * (length - len(text.split()))


def test_each_occurrence_is_shown() -> None:
    places = [f.start_word for f in found(filled("Very big, very VERY tall, very old", 100))]
    assert places == [0, 2, 3, 5]


def test_a_worn_word_is_flagged_early_and_a_topic_late() -> None:
    assert {f.label for f in found(filled("amazing " * 4 + "bread " * 7, 200))} == {"amazing"}
    assert {f.label for f in found(filled("bread " * 8, 200))} == {"bread"}
    assert found(filled("bread " * 8, 300)) == []
    assert found(filled("amazing " * 3, 30)) == []


def test_function_words_and_figures_are_never_flagged() -> None:
    assert found("the the and and 100 100 " * 20) == []


def test_at_most_three_words_the_worst_of_them() -> None:
    text = "amazing " * 5 + "awesome " * 6 + "stuff " * 7 + "cool " * 8
    assert {f.label for f in found(filled(text, 300))} == {"awesome", "stuff", "cool"}


def test_more_often_is_more_severe() -> None:
    severities = [found(filled("stuff " * n, 100))[0].severity for n in (4, 8, 12)]
    assert severities == ["info", "minor", "major"]
