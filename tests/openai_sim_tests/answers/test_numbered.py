"""Reading numbered words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.openai_sim.answers.numbered import plain, read

WORDS = st.text("abc019.,'–-", min_size=1, max_size=5)


@given(st.integers(0, 500), st.lists(WORDS, max_size=30))
def test_words_come_back_whatever_they_look_like(first: int, words: list[str]) -> None:
    numbered = dict(enumerate(words, first))
    assert read(" ".join(f"{at} {word}" for at, word in numbered.items())) == numbered


def test_the_mark_of_a_pause_stays_with_the_word_before() -> None:
    assert read("7 like – 8 3 9 people") == {7: "like –", 8: "3", 9: "people"}


def test_plain_words_have_no_marks_and_no_capitals() -> None:
    assert [plain(word) for word in ("“Kinda,”", "Y’know –", "well...", "–")] == [
        "kinda",
        "y'know",
        "well",
        "",
    ]
