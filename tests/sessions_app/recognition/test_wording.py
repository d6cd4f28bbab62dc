from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.recognition.wording import Timed, Worded, key, word_by_word


def timed(text: str) -> list[Timed]:
    """A word a second, each of them half a second long."""
    return [Timed(word, at * 1_000, at * 1_000 + 500) for at, word in enumerate(text.split())]


def texts(words: list[Worded]) -> str:
    return " ".join(word.text for word in words)


def test_bare_words_take_case_and_punctuation_from_the_text() -> None:
    words = word_by_word(timed("so um we met like friends"), "So, um, we met. Like friends!")
    assert texts(words) == "So, um, we met. Like friends!"
    assert [word.span for word in words] == [(at * 1_000, at * 1_000 + 500) for at in range(6)]


def test_a_mark_that_comes_as_a_word_joins_the_word_before_it() -> None:
    assert texts(word_by_word(timed("So , we met ."), "")) == "So, we met."


def test_words_divided_otherwise_are_as_the_text_divides_them() -> None:
    words = word_by_word(timed("my co worker left"), "My co-worker left.")
    assert words[1] == Worded("co-worker", (1_000, 2_500))


def test_a_sentence_with_a_time_is_spread_over_its_words() -> None:
    words = word_by_word([Timed(" We met. ", 1_000, 1_800)], "We met.")
    assert words == [Worded("We", (1_000, 1_300)), Worded("met.", (1_300, 1_800))]


def test_words_that_only_the_text_has_stay_without_time() -> None:
    words = word_by_word(timed("we met friends"), "We met, uh, friends.")
    assert words[2] == Worded("uh,", None)
    assert texts(words) == "We met, uh, friends."


def test_words_that_only_have_a_time_stay() -> None:
    assert texts(word_by_word(timed("we um met"), "We met.")) == "We um met."


def test_where_both_differ_the_text_stands_at_the_time_of_the_other() -> None:
    words = word_by_word(timed("about 20 of us"), "About twenty of us.")
    assert words[1] == Worded("twenty", (1_000, 1_500))


def test_text_alone_has_no_times() -> None:
    assert word_by_word([], "Good morning") == [Worded("Good", None), Worded("morning", None)]


def test_nothing_heard_is_no_word() -> None:
    assert word_by_word([], " ") == []


@pytest.mark.parametrize("marker", ["[BLANK_AUDIO]", "(music)", "♪", "[inaudible]"])
def test_marks_of_sounds_are_no_words(marker: str) -> None:
    parts = [*timed("we met"), Timed(marker, 2_000, 2_500)]
    assert texts(word_by_word(parts, f"We met. {marker}")) == "We met."


SAID = ["so", "um", "we", "met", "and", "the", "bus", "it's", "late"]
WORDS = st.lists(st.sampled_from(SAID), max_size=30)


@given(WORDS, st.data())
def test_no_word_is_lost_or_doubled_however_the_text_is_marked(
    words: list[str], data: st.DataObject
) -> None:
    written = [word + data.draw(st.sampled_from(["", ",", ".", "?"])) for word in words]
    found = word_by_word(timed(" ".join(words)), " ".join(written))
    assert [word.text for word in found] == written
    assert [word.span for word in found] == [
        (at * 1_000, at * 1_000 + 500) for at in range(len(words))
    ]


@given(WORDS, st.sets(st.integers(0, 29)))
def test_every_word_of_the_text_is_there_once_when_some_have_no_time(
    words: list[str], untimed: set[int]
) -> None:
    parts = [part for at, part in enumerate(timed(" ".join(words))) if at not in untimed]
    found = word_by_word(parts, " ".join(words))
    assert [key(word.text) for word in found] == [key(word) for word in words]
    starts = [word.span[0] for word in found if word.span]
    assert all(a < b for a, b in itertools.pairwise(starts))
