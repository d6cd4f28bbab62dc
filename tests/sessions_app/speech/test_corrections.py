from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.speech.corrections import Correction, CorrectionKind, edited, in_force, with_marks
from sessions_app.speech.words import Word
from tests.sessions_app.speech.said import timed
from tests.sessions_app.speech.set_right import NO, WORD, YES, correction

TALK = timed("we like the whole plan , you know , a lot")


@st.composite
def corrections(draw: st.DrawFn) -> list[Correction]:
    places = st.tuples(st.integers(0, 9), st.integers(1, 3), st.sampled_from(CorrectionKind))
    drawn = draw(st.lists(places, max_size=8))
    return [
        correction(number, kind, TALK, start, start + (1 if kind is WORD else size), text="said")
        for number, (start, size, kind) in enumerate(drawn)
    ]


def test_the_last_word_about_the_same_words_is_the_one_in_force() -> None:
    first, second = correction(1, NO, TALK, 1), correction(2, YES, TALK, 1)
    assert in_force([second, first]) == (second,)


def test_an_edited_word_takes_the_place_of_what_was_said_of_the_one_before() -> None:
    judged, right = correction(1, NO, TALK, 6, 8), correction(2, WORD, TALK, 7, text="knew")
    assert in_force([judged, right]) == (right,)


def test_a_judgement_on_an_edited_word_leaves_the_edit_in_force() -> None:
    right, judged = correction(1, WORD, TALK, 1, text="um"), correction(2, NO, TALK, 1)
    assert in_force([right, judged]) == (right, judged)


def test_one_filler_of_a_word_is_judged_apart_from_the_other() -> None:
    both = timed("well uh-um yes")
    first, second = correction(1, NO, both, 1, text="uh"), correction(2, NO, both, 1, text="um")
    assert in_force([first, second]) == (first, second)
    after_all = correction(3, YES, both, 1, text="uh")
    assert in_force([first, second, after_all]) == (second, after_all)


def test_a_filler_within_a_phrase_leaves_the_phrase_none() -> None:
    phrase, word = correction(1, NO, TALK, 6, 8), correction(2, YES, TALK, 6, text="you")
    assert in_force([phrase, word]) == (phrase, word)
    whole = correction(3, YES, TALK, 6, 8)
    assert in_force([phrase, word, whole]) == (whole,)


@given(corrections())
def test_the_newest_is_always_in_force_and_none_is_denied_by_a_later_one(
    made: list[Correction],
) -> None:
    standing = in_force(made)
    assert made[-1:] == [c for c in standing if made and c.number == made[-1].number]
    for earlier, later in itertools.combinations(standing, 2):
        if later.touches(earlier.start_word, earlier.end_word) and earlier.kind is not WORD:
            assert (earlier.kind, later.kind) in {(NO, YES), (YES, YES)}
            assert not later.covers(earlier.start_word, earlier.end_word)


@given(corrections(), st.randoms())
def test_the_order_they_come_in_does_not_matter(made: list[Correction], chance: object) -> None:
    shuffled = list(made)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert in_force(shuffled) == in_force(made) == in_force(in_force(made))


@given(corrections())
def test_editing_changes_texts_and_nothing_else_and_doing_it_twice_nothing_more(
    made: list[Correction],
) -> None:
    standing = in_force(made)
    once = edited(TALK, standing)
    assert edited(once, standing) == once
    changed = {c.start_word for c in standing if c.kind is WORD}
    for at, (before, after) in enumerate(zip(TALK, once, strict=True)):
        assert (after.start_ms, after.end_ms, after.turn) == (
            before.start_ms,
            before.end_ms,
            before.turn,
        )
        assert after.text == ("said" if at in changed else before.text)


def test_nobody_measured_how_surely_an_edited_word_was_heard() -> None:
    heard = (Word("home", 0, 300, 0.4),)
    (word,) = edited(heard, [correction(1, WORD, heard, 0, text="um")])
    assert (word.text, word.confidence) == ("um", None)


@pytest.mark.parametrize(
    ("before", "typed", "after"),
    [
        ("there.", "their", "their."),
        ("“Well,", "Will", "“Will,"),
        ("there.", "their,", "their,"),
        ("dont", "don't", "don't"),
        ("um", "home", "home"),
        ("—", "so", "so"),
        ("...", "so", "so"),
        ("cafe\u0301.", "bar", "bar."),
        ("bar.", "cafe\u0301", "cafe\u0301."),
        ("नमस्ते।", "कल", "कल।"),
    ],
)
def test_marks_stay_unless_others_are_typed(before: str, typed: str, after: str) -> None:
    assert with_marks(before, typed) == after
