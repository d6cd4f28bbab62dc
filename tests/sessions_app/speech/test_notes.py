from __future__ import annotations

from sessions_app.speech.findings import LONGEST_LABEL, FindingKind
from sessions_app.speech.notes import Notes
from tests.sessions_app.speech.said import english, timed

WORDS = timed("It was, um, hard.")


def test_a_finding_quotes_its_words_and_has_their_times() -> None:
    found = Notes(WORDS, english()).note(FindingKind.HEDGE, "x", 1, 3)
    assert (found.text, found.start_ms, found.end_ms) == ("was, um,", 300, 900)
    assert found.why == english().texts["hedge"].why


def test_a_label_can_have_texts_of_its_own() -> None:
    found = Notes(WORDS, english()).note(FindingKind.FILLER, "um", 2, 3)
    assert found.advice == english().texts["filler/um"].advice


def test_without_a_pack_there_are_no_texts() -> None:
    found = Notes(WORDS, None).note(FindingKind.REPETITION, "x", 1, 3)
    assert (found.why, found.advice) == ("", "")


def test_a_label_too_long_to_store_is_cut_and_its_quote_is_not() -> None:
    words = timed("a" * 300)
    found = Notes(words, english()).note(FindingKind.OVERUSED_WORD, "a" * 300, 0, 1)
    assert found.label == "a" * LONGEST_LABEL
    assert found.text == "a" * 300
