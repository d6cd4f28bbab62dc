from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.exports.markup import plain, table


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Good morning, don't worry.", "Good morning, don't worry."),
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("*bold* _too_", r"\*bold\* \_too\_"),
        ("[a link](http://x.example)", r"\[a link\](http://x.example)"),
        ("# one", r"\# one"),
        ("- one", r"\- one"),
        ("1. one", "1\\. one"),
        ("0.3 s", "0.3 s"),
        ("a\nb", "a b"),
        ("a | b", r"a \| b"),
        ("AT&amp;T", "AT&amp;amp;T"),
    ],
)
def test_text_means_nothing_but_itself(text: str, expected: str) -> None:
    assert plain(text) == expected


@given(st.text())
def test_no_sign_stands_bare(text: str) -> None:
    bare = re.sub(r"\\.", "", plain(text))
    assert not set(bare) & set("`*_[]<>|~")
    assert "\n" not in bare


def test_a_table_has_its_rule() -> None:
    assert table(("A", "B"), [("1", "2")]) == ["| A | B |", "| --- | --- |", "| 1 | 2 |"]
