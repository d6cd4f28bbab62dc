from __future__ import annotations

import pytest

from sessions_app.speech.run_ons import run_on_findings
from tests.sessions_app.speech.said import english, notes, said


def found(text: str) -> list[tuple[str, str]]:
    words = said(text)
    ranges = ((0, len(words)),)
    return [(f.label, f.severity) for f in run_on_findings(ranges, english(), notes(words))]


@pytest.mark.parametrize(
    ("length", "expected"),
    [(50, []), (51, [("long", "minor")]), (70, [("long", "minor")]), (71, [("long", "major")])],
)
def test_a_long_sentence_is_a_run_on(length: int, expected: list[tuple[str, str]]) -> None:
    assert found("word " * length) == expected


def test_a_chain_of_clauses_is_one_earlier() -> None:
    chain = "we went there and " * 4
    assert found(chain + "word " * 19) == []
    assert found(chain + "word " * 20) == [("chained", "minor")]
    assert found("we went there too " * 4 + "word " * 20) == []
