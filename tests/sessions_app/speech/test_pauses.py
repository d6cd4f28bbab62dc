from __future__ import annotations

import pytest

from sessions_app.speech.findings import Finding, FindingKind, Severity
from sessions_app.speech.pauses import pause_findings
from tests.sessions_app.speech.said import notes, said, timed


def found(gap_ms: int, breaks: frozenset[int] | None) -> list[Finding]:
    words = timed("we left. then came", gaps={1: gap_ms})
    return pause_findings(words, breaks, notes(words))


@pytest.mark.parametrize(
    ("gap_ms", "expected"),
    [
        (1500, []),
        (1501, [("long", Severity.MINOR)]),
        (3000, [("long", Severity.MINOR)]),
        (3001, [("very_long", Severity.MAJOR)]),
    ],
)
def test_pauses_between_sentences_are_found_when_long(
    gap_ms: int, expected: list[tuple[str, Severity]]
) -> None:
    assert [(f.label, f.severity) for f in found(gap_ms, frozenset({1, 3}))] == expected


@pytest.mark.parametrize(("gap_ms", "kinds"), [(800, 0), (801, 1), (1500, 1), (1501, 2)])
def test_pauses_inside_a_sentence_are_found_earlier(gap_ms: int, kinds: int) -> None:
    inside = found(gap_ms, frozenset({3}))
    assert len(inside) == kinds
    assert kinds == 0 or inside[-1].kind is FindingKind.MID_SENTENCE_PAUSE


def test_nobody_knows_the_inside_of_a_sentence_without_marks() -> None:
    assert found(1400, None) == []


def test_a_pause_spans_its_neighbours_and_has_the_times_of_the_silence() -> None:
    (pause,) = found(2000, None)
    assert (pause.text, pause.start_word, pause.end_word) == ("left. then", 1, 3)
    assert (pause.start_ms, pause.end_ms) == (600, 2600)


def test_silence_between_turns_is_somebody_elses() -> None:
    first, second = timed("we left"), timed("then came", gaps={0: 100}, turn=1)
    words = (*first, *(type(w)(w.text, 9_000, 9_300, turn=1) for w in second))
    assert pause_findings(words, None, notes(words)) == []
    assert pause_findings(said("no times"), None, notes(said("no times"))) == []
