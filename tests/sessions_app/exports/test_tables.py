from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app import queries
from sessions_app.exports.tables import MARK, findings_csv, harmless, words_csv
from sessions_app.report import Report
from sessions_app.speech.findings import Decision, FindingStatus, Review
from tests.sessions_app.finished import finished_run

BEGINNINGS = "=+-@\t\r\n＝＋－＠"


@pytest.fixture
def report(db: None) -> Report:
    found = queries.report(finished_run())
    assert found is not None
    return found


def rows(text: str) -> list[list[str]]:
    assert text.startswith(MARK)
    return list(csv.reader(StringIO(text.removeprefix(MARK), newline="")))


def test_findings_have_a_line_each_with_times_in_seconds(report: Report) -> None:
    head, um = rows(findings_csv(report))
    assert dict(zip(head, um, strict=True)) == {
        "Kind": "Filler",
        "Label": "um",
        "Quote": "Um,",
        "Start in seconds": "0.0",
        "End in seconds": "0.3",
        "First word": "0",
        "Last word": "0",
        "Status": "counted",
        "Severity": "minor",
        "Found by": "rule",
        "Confidence": "1.0",
        "Why": "A sound.",
        "Advice": "Pause.",
        "AI decision": "",
        "AI reason": "",
    }


def test_what_is_not_counted_is_listed_with_the_reason(report: Report) -> None:
    review = Review(Decision.REJECTED, 0.9, "It joins two nouns.", FindingStatus.POSSIBLE)
    found = replace(report.findings[0], status=FindingStatus.REJECTED, review=review)
    head, row = rows(findings_csv(replace(report, findings=(found,))))
    cells = dict(zip(head, row, strict=True))
    assert cells["Status"] == "rejected"
    assert cells["AI decision"] == "rejected"
    assert cells["AI reason"] == "It joins two nouns."


def test_words_have_a_line_each(report: Report) -> None:
    assert rows(words_csv(report)) == [
        ["Number", "Word", "Start in seconds", "End in seconds", "Confidence"],
        ["0", "Um,", "0.0", "0.3", "0.9"],
        ["1", "hello", "0.4", "0.9", "0.8"],
        ["2", "there.", "0.95", "1.4", ""],
    ]


@given(st.sampled_from(BEGINNINGS), st.text(), st.integers(0, 3))
def test_no_text_is_a_formula(first: str, rest: str, spaces: int) -> None:
    cell = harmless(" " * spaces + first + rest)
    assert isinstance(cell, str)
    assert cell.startswith("'")


def test_formulas_in_a_talk_reach_the_file_as_text(report: Report) -> None:
    word = replace(report.words[0], text='=HYPERLINK("http://evil.example","um")')
    (_, row, *_others) = rows(words_csv(replace(report, words=(word,))))
    assert row[1] == '\'=HYPERLINK("http://evil.example","um")'


@pytest.mark.parametrize("cell", [-1.5, 0, 42, None, "plain", "a=b", ""])
def test_figures_and_ordinary_text_stay_as_they_are(cell: str | float | None) -> None:
    assert harmless(cell) == cell
