import pytest

from sessions_app.speech.vocabulary import (
    content_words,
    different_words,
    moving_type_token_ratio,
    variety,
)
from sessions_app.speech.words import Word


def test_fewer_than_fifty_words_say_nothing() -> None:
    assert moving_type_token_ratio([f"w{i}" for i in range(49)]) is None


def test_fifty_different_words_are_all_different() -> None:
    assert moving_type_token_ratio([f"w{i}" for i in range(50)]) == 1.0


def test_averages_the_windows() -> None:
    # The first window has 50 different words; the second loses w0 and repeats w1: 49 of 50.
    words = [f"w{i}" for i in range(50)] + ["w1"]
    assert moving_type_token_ratio(words) == pytest.approx((1.0 + 49 / 50) / 2)


def test_case_and_marks_make_no_new_word() -> None:
    assert moving_type_token_ratio(["Word", "word,", "“WORD”"] * 20) == pytest.approx(1 / 50)


def test_marks_alone_are_no_words() -> None:
    assert moving_type_token_ratio(["–"] * 80) is None


def test_windows_follow_each_other_word_by_word() -> None:
    words = [f"w{i}" for i in range(50)] + ["w1", "w1"]
    assert different_words(words) == [50, 49, 49]


def test_words_and_phrases_spelt_like_fillers_are_left_out() -> None:
    text = "So you know, ummm we know you – well, you"
    words = [Word(word) for word in text.split()]
    kept = content_words(words, {"so", "you know", "um", "well"})
    assert [words[at].text for at in kept] == ["we", "know", "you", "you"]


def test_variety_is_that_of_the_words_spelt_like_no_filler() -> None:
    words = tuple(Word(word) for word in "um ".join(f"w{i % 40} " for i in range(60)).split())
    plain = [f"w{i % 40}" for i in range(60)]
    assert variety(words, frozenset({"um"})) == moving_type_token_ratio(plain)
    assert variety(words, frozenset()) != moving_type_token_ratio(plain)
