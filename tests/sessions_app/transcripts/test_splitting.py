from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.transcripts.splitting import split_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Well, I mean", ["Well,", "I", "mean"]),
        ("um,like", ["um,", "like"]),
        ("so—uh—no", ["so—", "uh—", "no"]),
        ("wait...what", ["wait...", "what"]),
        ("one – two", ["one–", "two"]),
        ("— so", ["—so"]),
        ("1,000 at 10:30", ["1,000", "at", "10:30"]),
        ("R & D", ["R", "&", "D"]),
        ("well-known", ["well-known"]),
        ("...", []),
        ("我们，好", ["我", "们，", "好"]),
        ("パンを食べる", ["パン", "を", "食", "べる"]),
        ("สวัสดี ครับ", ["สวัสดี", "ครับ"]),
    ],
)
def test_splits_as_spoken(text: str, words: list[str]) -> None:
    assert list(split_words(text)) == words


@pytest.mark.timeout(20)  # the square of such a length takes minutes
def test_punctuation_without_end_takes_no_time() -> None:
    assert split_words("漢" + " -" * 900_000) == ("漢" + "-" * 900_000,)


@given(st.text(max_size=100))
def test_nothing_is_lost_but_spaces(text: str) -> None:
    words = split_words(text)
    if words:
        assert "".join("".join(words).split()) == "".join(text.split())
    assert all(word.split() == [word] for word in words)
