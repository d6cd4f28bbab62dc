from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sessions_app.display.drawing import BOX_WIDTH, bars, box_x, percent, ticks
from sessions_app.speech.findings import Finding, FindingKind

MOMENTS = st.integers(0, 10_000_000)


def pause(start_ms: int | None, end_ms: int | None) -> Finding:
    return Finding(FindingKind.LONG_PAUSE, "pause", "", 0, 1, start_ms, end_ms)


@given(MOMENTS, st.integers(1, 5_000_000))
def test_every_place_lies_on_the_drawing(ms: int, duration_ms: int) -> None:
    assert 0 <= float(percent(ms, duration_ms).rstrip("%")) <= 100
    assert 0 <= box_x(ms, duration_ms) <= BOX_WIDTH


@given(MOMENTS, MOMENTS, st.integers(1, 5_000_000))
def test_no_bar_reaches_beyond_the_end(start: int, length: int, duration_ms: int) -> None:
    (bar,) = bars([pause(start, start + length)], duration_ms)
    assert float(bar.x.rstrip("%")) + float(bar.width.rstrip("%")) <= 100.01


def test_what_has_no_time_is_not_drawn() -> None:
    assert ticks([pause(None, None)], 1000) == ()
    assert bars([pause(0, None), pause(None, None)], 1000) == ()


def test_what_is_drawn_says_what_and_when() -> None:
    assert ticks([pause(61_000, None)], 100_000)[0].label == "pause, 1:01"
    assert bars([pause(61_000, 62_500)], 100_000)[0].label == "Long pause, 1.5 s, 1:01"
