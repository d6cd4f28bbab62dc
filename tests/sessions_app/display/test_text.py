from __future__ import annotations

import pytest

from sessions_app.display.text import clock, number, seconds, with_unit


@pytest.mark.parametrize(
    ("ms", "expected"),
    [(0, "0:00"), (59_999, "0:59"), (60_000, "1:00"), (3_599_000, "59:59"), (3_661_000, "1:01:01")],
)
def test_moments_read_like_a_clock(ms: int, expected: str) -> None:
    assert clock(ms) == expected


def test_what_is_missing_says_so_without_a_unit() -> None:
    texts = {clock(None), number(None), seconds(None), with_unit(None, "Hz")}
    assert texts == {"not available"}


def test_nothing_is_not_the_same_as_missing() -> None:
    assert number(0) == "0"
    assert with_unit(0, "Hz") == "0 Hz"
    assert seconds(0) == "0.0 s"
