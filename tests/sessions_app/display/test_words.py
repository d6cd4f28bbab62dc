from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.display.words import LONGEST_PHRASE, word_page
from sessions_app.report import Report
from sessions_app.speech.corrections import Correction, CorrectionKind
from sessions_app.speech.findings import Finding, FindingKind, FindingStatus
from sessions_app.speech.words import Word
from tests.sessions_app.test_timeline import REPORT

WORDS = tuple(Word(f"w{i}", i * 500, i * 500 + 300) for i in range(20))


def talk(*findings: Finding, words: tuple[Word, ...] = WORDS) -> Report:
    return replace(REPORT, words=words, sentences=((0, len(words)),), findings=findings)


def filler(start: int, end: int, status: FindingStatus = FindingStatus.COUNTED) -> Finding:
    return Finding(FindingKind.FILLER, "x", "x", start, end, status=status)


def phrases(report: Report, index: int) -> list[str]:
    return [phrase.text for phrase in word_page(report, index).phrases]


def test_a_word_is_shown_among_its_neighbours_with_its_exact_time() -> None:
    page = word_page(talk(), 9)
    assert page.before.split() == [f"w{i}" for i in range(1, 9)]
    assert page.after.split() == [f"w{i}" for i in range(10, 18)]
    assert (page.clock, page.seconds) == ("0:04.5", "4.50")


def test_the_first_word_has_none_before_it_and_one_without_a_time_no_clock() -> None:
    page = word_page(talk(words=(Word("Hello"), Word("there"))), 0)
    assert (page.before, page.after, page.clock, page.seconds) == ("", "there", "", "")


def test_a_word_that_is_not_there_is_an_error() -> None:
    with pytest.raises(IndexError):
        word_page(talk(), 20)


def test_phrases_grow_word_by_word() -> None:
    assert phrases(talk(), 3) == ["w3", "w3 w4", "w3 w4 w5", "w3 w4 w5 w6"]
    assert phrases(talk(), 18) == ["w18", "w18 w19"]


def test_phrases_end_before_a_filler_that_counts_and_before_another_turn() -> None:
    assert phrases(talk(filler(5, 6)), 3) == ["w3", "w3 w4"]
    assert phrases(talk(filler(2, 4)), 3) == []
    turned = (*WORDS[:5], *(replace(word, turn=1) for word in WORDS[5:]))
    assert phrases(talk(words=turned), 3) == ["w3", "w3 w4"]


@pytest.mark.parametrize("status", [FindingStatus.POSSIBLE, FindingStatus.REJECTED])
def test_a_filler_that_is_asked_about_is_no_phrase_as_well(status: FindingStatus) -> None:
    report = talk(filler(3, 5, status))
    assert phrases(report, 3) == ["w3", "w3 w4 w5", "w3 w4 w5 w6"]
    assert [row.status for row in word_page(report, 4).fillers] == [status]


def test_only_fillers_on_the_word_are_asked_about() -> None:
    hedge = Finding(FindingKind.HEDGE, "x", "x", 3, 4)
    assert word_page(talk(filler(2, 3), filler(4, 5), hedge), 3).fillers == ()


def test_corrections_of_the_word_can_be_taken_back_there() -> None:
    made = Correction(7, CorrectionKind.WORD, 3, 4, None, None, "their", "there")
    report = replace(talk(), corrections=(made,))
    (shown,) = word_page(report, 3).corrections
    assert (shown.number, shown.what) == (7, "“there” was said, not “their”")
    assert word_page(report, 4).corrections == ()


@given(
    st.integers(0, 19),
    st.lists(
        st.tuples(st.integers(0, 19), st.integers(1, 3), st.sampled_from(FindingStatus)), max_size=6
    ),
)
def test_no_phrase_holds_a_word_that_counts_already(
    index: int, found: list[tuple[int, int, FindingStatus]]
) -> None:
    findings = tuple(filler(start, min(20, start + n), status) for start, n, status in found)
    counted = {
        at
        for finding in findings
        if finding.status is FindingStatus.COUNTED
        for at in range(finding.start_word, finding.end_word)
    }
    page = word_page(talk(*findings), index)
    assert len(page.phrases) <= LONGEST_PHRASE
    for phrase in page.phrases:
        assert not counted.intersection(range(index, phrase.end))
