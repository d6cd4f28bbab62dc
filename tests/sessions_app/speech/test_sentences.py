from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sessions_app.speech.sentences import sentences
from sessions_app.speech.words import Word
from tests.sessions_app.speech.said import said, timed


def quotes(words: tuple[Word, ...], language: str = "en") -> list[str]:
    return [" ".join(w.text for w in words[a:b]) for a, b in sentences(words, language)]


def test_marks_end_sentences_and_abbreviations_do_not() -> None:
    text = "I met Dr. Smith today. Well... you know? Yes."
    assert quotes(said(text)) == ["I met Dr. Smith today.", "Well... you know?", "Yes."]


def test_a_turn_ends_a_sentence() -> None:
    words = (*said("We went. And then"), *said("he left, yes.", turn=1))
    assert quotes(words) == ["We went.", "And then", "he left, yes."]


def test_without_marks_longer_silence_ends_a_sentence() -> None:
    assert quotes(timed("we went home then we slept", gaps={2: 700, 3: 690})) == [
        "we went home",
        "then we slept",
    ]


def test_without_marks_and_times_a_turn_is_one_sentence() -> None:
    assert quotes(said("we went home then we slept")) == ["we went home then we slept"]


def test_no_words_have_no_sentences() -> None:
    assert sentences((), "en") == ()


def test_other_scripts_have_sentences_too() -> None:
    assert quotes(said("मैं घर गया। वह सो गया।"), "hi") == ["मैं घर गया।", "वह सो गया।"]


@given(
    st.lists(st.tuples(st.text(max_size=8), st.booleans()), max_size=30),
    st.sampled_from(["en", "de", "zz", ""]),
)
def test_sentences_cover_all_words_in_order_inside_turns(
    given_words: list[tuple[str, bool]], language: str
) -> None:
    turn, words = 0, []
    for text, changes in given_words:
        turn += changes
        words.append(Word(text, turn=turn))
    ranges = sentences(words, language)
    assert [index for start, end in ranges for index in range(start, end)] == [*range(len(words))]
    assert all(start < end for start, end in ranges)
    assert all(words[start].turn == words[end - 1].turn for start, end in ranges)
