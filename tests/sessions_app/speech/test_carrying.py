from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.speech.carrying import carried
from sessions_app.speech.corrections import Correction
from sessions_app.speech.words import Word
from tests.sessions_app.speech.said import said, timed
from tests.sessions_app.speech.set_right import NO, WORD, YES, correction

TALK = timed("so um we begin um today", gaps={2: 900})


def moved(words: tuple[Word, ...], ms: int) -> tuple[Word, ...]:
    return tuple(
        replace(word, start_ms=(word.start_ms or 0) + ms, end_ms=(word.end_ms or 0) + ms)
        for word in words
    )


def place(correction: Correction | None) -> tuple[int, int] | None:
    return (correction.start_word, correction.end_word) if correction else None


def test_follows_its_words_where_others_were_put_before_them() -> None:
    longer = (Word("well", 0, 10), Word("then", 10, 20), *moved(TALK, 20))
    here = carried(correction(1, NO, TALK, 4, text="um"), longer, ())
    assert place(here) == (6, 7)
    assert here is not None
    assert (here.start_ms, here.end_ms) == (longer[6].start_ms, longer[6].end_ms)


def test_of_two_places_the_one_that_shares_most_time() -> None:
    twice = (Word("um", 0, 400), Word("um", 400, 800))
    here = carried(correction(1, NO, (Word("um", 300, 700),), 0), twice, ())
    assert place(here) == (1, 2)


def test_case_and_marks_make_no_other_word() -> None:
    again = tuple(replace(word, text=f"{word.text.upper()},") for word in TALK)
    assert place(carried(correction(1, NO, TALK, 1), again, ())) == (1, 2)


@pytest.mark.parametrize("text", ["so then we begin um today", "so"])
def test_is_not_applied_where_other_words_are_said(text: str) -> None:
    assert carried(correction(1, NO, TALK, 1), timed(text, gaps={2: 900}), ()) is None


def test_is_not_applied_where_the_words_are_said_at_another_time() -> None:
    assert carried(correction(1, NO, TALK, 1), moved(TALK, 60_000), ()) is None


def test_a_phrase_is_carried_as_one() -> None:
    phrase = timed("it is you know fine")
    again = (Word("well", 0, 1), *phrase)
    assert place(carried(correction(1, YES, phrase, 2, 4), again, ())) == (3, 5)


def test_an_edited_word_is_right_already_where_the_new_transcript_has_it() -> None:
    heard, better = timed("we home begin"), timed("we um begin")
    right = correction(1, WORD, heard, 1, text="um")
    assert place(carried(right, better, ())) == (1, 2)
    assert place(carried(right, heard, ())) == (1, 2)
    assert carried(right, timed("we dome begin"), ()) is None


def test_what_was_said_of_an_edited_word_follows_it() -> None:
    heard = timed("we home begin")
    right = correction(1, WORD, heard, 1, text="um")
    judged = correction(2, NO, timed("we um begin"), 1, text="um")
    assert place(carried(judged, heard, (right,))) == (1, 2)
    assert carried(judged, heard, ()) is None


def test_without_times_the_same_words_at_the_same_place_will_do() -> None:
    bare = said("so um we begin um today")
    judged = correction(1, NO, bare, 4)
    assert place(carried(judged, bare, ())) == (4, 5)
    assert carried(judged, said("well so um we begin um today"), ()) is None
    assert carried(judged, said("so um"), ()) is None
    assert carried(correction(1, NO, TALK, 4), bare, ()) is None


def test_a_word_that_was_given_no_length_is_found_again() -> None:
    words = (Word("so", 0, 400), Word("um", 400, 400), Word("we", 400, 700))
    judged = correction(1, NO, words, 1)
    assert carried(judged, words, ()) == judged


WORDS = st.lists(st.sampled_from(["um", "we", "so"]), min_size=1, max_size=12).map(" ".join)


@given(WORDS, st.data())
def test_the_same_words_at_the_same_times_keep_their_places(text: str, data: st.DataObject) -> None:
    words = timed(text)
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    judged = correction(1, NO, words, start, end)
    assert carried(judged, words, ()) == judged


@given(WORDS, WORDS, st.data())
def test_is_only_ever_put_on_the_same_words(one: str, other: str, data: st.DataObject) -> None:
    words, there = timed(one), timed(other)
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    here = carried(correction(1, NO, words, start, end), there, ())
    if here is not None:
        assert [w.text for w in there[here.start_word : here.end_word]] == one.split()[start:end]
