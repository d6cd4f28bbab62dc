import pytest

from sessions_app.speech.vocabulary import moving_type_token_ratio


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
