from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.recognition.engine import alignment_engine
from sessions_app.recognition.spoken import spoken


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Hello,", "hello"),
        ("don’t", "don't"),
        ("25%", "twenty five percent"),
        ("$1,200.50", "one thousand two hundred point five zero dollars"),
        ("1999", "nineteen ninety nine"),
        ("1905", "nineteen oh five"),
        ("2008", "two thousand eight"),
        ("1,999", "one thousand nine hundred ninety nine"),
        ("90s", "nineties"),
        ("22nd", "twenty second"),
        ("20th", "twentieth"),
        ("3.5", "three point five"),
        ("007", "zero zero seven"),
        ("10:30", "ten thirty"),
        ("U.S.", "u s"),
        ("e-mail", "e mail"),
        ("A4", "a four"),
        ("café", "cafe"),
        ("&", "and"),
        ("Dr.", "doctor"),
        ("—", ""),
        ("привет", ""),
        ("9" * 20, " ".join(["nine"] * 20)),
    ],
)
def test_says_written_words_as_people_read_them(written: str, said: str) -> None:
    assert " ".join(spoken(written)) == said


@given(st.text(max_size=20))
def test_every_spoken_word_can_be_learned_by_the_engine(written: str) -> None:
    engine = _ENGINE
    tokens = set(spoken(written))
    engine.learn(tokens)
    assert all(engine.knows(token) for token in tokens)


_ENGINE = alignment_engine()
