from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from sessions_app.speech.across import said_again
from sessions_app.speech.findings import (
    Decision,
    Finding,
    FindingKind,
    FindingSource,
    FindingStatus,
    Review,
)
from tests.sessions_app.speech.said import notes, timed

COUNTED, REJECTED = FindingStatus.COUNTED, FindingStatus.REJECTED
AGAIN = (FindingKind.REPETITION, FindingKind.RESTART)


def after(text: str, at: int, status: FindingStatus, *others: Finding) -> list[tuple[int, int]]:
    """Where something is said again once the speaker judged the word at this place."""
    note = notes(timed(text)).note(FindingKind.FILLER, "like", at, at + 1, status=status)
    judged = replace(note, correction=1)
    return places(said_again([judged, *others], notes(timed(text))))


def places(findings: Sequence[Finding]) -> list[tuple[int, int]]:
    return [(f.start_word, f.end_word) for f in findings if f.kind in AGAIN]


def repetition(text: str, start: int, end: int) -> Finding:
    return notes(timed(text)).note(FindingKind.REPETITION, "we", start, end)


def test_a_word_between_that_is_no_filler_makes_it_no_repetition() -> None:
    text = "so we like we go"
    assert after(text, 2, REJECTED, repetition(text, 1, 4)) == []
    assert after(text, 2, COUNTED, repetition(text, 1, 4)) == [(1, 4)]


def test_what_is_repeated_without_it_stays() -> None:
    text = "so we like we we go"
    assert after(text, 2, REJECTED, repetition(text, 1, 5)) == [(3, 5)]


@pytest.mark.parametrize("text", ["so we like we go", "so I was like I went home"])
def test_a_word_between_that_is_a_filler_makes_it_one(text: str) -> None:
    at = text.split().index("like")
    assert len(after(text, at, COUNTED)) == 1
    assert after(text, at, REJECTED) == []


def test_what_a_second_reader_added_stays() -> None:
    text = "so we like we go"
    added = replace(
        repetition(text, 1, 4),
        source=FindingSource.AI,
        review=Review(Decision.ADDED, 0.9, "", None),
    )
    assert after(text, 2, REJECTED, added) == [(1, 4)]
    assert after(text, 2, COUNTED, added) == [(1, 4)]


def test_fillers_nobody_judged_change_nothing() -> None:
    found = [repetition("so we like we go", 1, 4)]
    assert said_again(found, notes(timed("so we like we go"))) == found


def test_fillers_far_apart_are_looked_at_each_in_its_place() -> None:
    text = f"so we like we {'go home ' * 40} and they like they stay"
    places_of_like = [at for at, word in enumerate(text.split()) if word == "like"]
    found = [
        replace(notes(timed(text)).note(FindingKind.FILLER, "like", at, at + 1), correction=at)
        for at in places_of_like
    ]
    assert places(said_again(found, notes(timed(text)))) == [
        (at - 1, at + 2) for at in places_of_like
    ]
