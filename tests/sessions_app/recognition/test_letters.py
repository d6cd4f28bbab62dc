from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.recognition.letters import pronounce

DICTIONARY = {"block": "B L AA K", "chain": "CH EY N", "make": "M EY K", "hop": "HH AA P"}


@pytest.mark.parametrize(
    ("word", "phones"),
    [
        ("blockchain", "B L AA K CH EY N"),
        ("chain's", "CH EY N Z"),
        ("making", "M EY K IH NG"),
        ("hopping", "HH AA P IH NG"),
        ("rbf", "AA R B IY EH F"),
        ("shill", "SH IH L"),
        ("phob", "F AA B"),
    ],
)
def test_builds_on_what_the_dictionary_knows(word: str, phones: str) -> None:
    assert pronounce(word, DICTIONARY.get) == phones


@given(st.from_regex(r"[a-z]+('[a-z]+)*", fullmatch=True))
def test_every_word_gets_phones(word: str) -> None:
    assert pronounce(word, DICTIONARY.get).split()
