from __future__ import annotations

from dataclasses import replace

from sessions_app.coaching.decisions import kept_decisions
from sessions_app.speech.findings import (
    Decision,
    Finding,
    FindingKind,
    FindingSource,
    FindingStatus,
    Review,
)

COUNTED, POSSIBLE, REJECTED = FindingStatus
LIKE = Finding(FindingKind.FILLER, "like", "like", 5, 6)
TURNED_DOWN = replace(
    LIKE, status=REJECTED, review=Review(Decision.REJECTED, 0.9, "A verb.", COUNTED)
)
ADDED = Finding(
    FindingKind.HEDGE,
    "sort of",
    "sort of",
    8,
    10,
    source=FindingSource.AI,
    review=Review(Decision.ADDED, 0.8, "", None),
)


def test_decisions_stay_on_words_that_are_as_they_were() -> None:
    assert kept_decisions([TURNED_DOWN, ADDED], [LIKE], {0}) == [TURNED_DOWN, ADDED]


def test_decisions_on_an_edited_word_are_gone() -> None:
    assert kept_decisions([TURNED_DOWN, ADDED], [LIKE], {5, 9}) == [LIKE]


def test_what_the_rules_do_not_find_any_more_needs_no_decision() -> None:
    assert kept_decisions([TURNED_DOWN], [], {0}) == []


def test_a_decision_remembers_what_the_rules_say_now() -> None:
    doubted = replace(LIKE, status=POSSIBLE)
    (kept,) = kept_decisions([TURNED_DOWN], [doubted], {0})
    assert kept.status is REJECTED
    assert kept.review is not None
    assert kept.review.before is POSSIBLE


def test_what_rules_and_reader_agree_on_by_now_needs_no_review() -> None:
    doubted = replace(LIKE, status=POSSIBLE)
    confirmed = replace(LIKE, review=Review(Decision.CONFIRMED, 0.9, "", POSSIBLE))
    assert kept_decisions([confirmed], [LIKE], {0}) == [LIKE]
    assert kept_decisions([confirmed], [doubted], {0})[0].status is COUNTED


def test_what_the_rules_find_by_now_is_not_added_again() -> None:
    hedge = Finding(FindingKind.HEDGE, "sort of", "sort of", 8, 10)
    assert kept_decisions([ADDED], [hedge], {0}) == [hedge]


def test_what_was_found_without_any_decision_is_the_rules_to_find_again() -> None:
    assert kept_decisions([LIKE], [], {0}) == []
