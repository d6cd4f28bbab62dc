from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sessions_app.display.drawing import BOX_HEIGHT, BOX_WIDTH
from sessions_app.display.pitch_lane import MOST_POINTS, pitch_lane, pitch_path
from sessions_app.speech.findings import Finding, FindingKind
from sessions_app.speech.tracks import Region, Track
from tests.sessions_app.samples import MEDIA

HOP_MS = 100
SECONDS = 6
VOICE = replace(
    MEDIA,
    duration_ms=SECONDS * 1000,
    pitch_hz=Track(HOP_MS, (100.0, 110.0, 120.0) * 20),
    speech_regions=(Region(0, SECONDS * 1000),),
)


def points(path: str) -> list[tuple[str, float, float]]:
    return [
        (step, float(x), float(y)) for step, x, y in re.findall(r"([ML])([\d.]+) ([\d.]+)", path)
    ]


def test_an_octave_above_the_median_is_drawn_above_it_and_below_it_below() -> None:
    path = pitch_path(Track(HOP_MS, (100.0, 150.0, 67.0)), 100.0, 300)
    (_, _, at), _, (_, _, above), (_, _, below) = points(path)
    assert at == BOX_HEIGHT / 2
    assert above < at < below
    assert abs((at - above) - (below - at)) < 1  # seven semitones either way


def test_the_line_breaks_where_no_voice_is_heard() -> None:
    path = pitch_path(Track(HOP_MS, (100.0, 100.0, None, 100.0)), 100.0, 400)
    assert [step for step, _, _ in points(path)] == ["M", "L", "L", "M", "L"]


def test_a_moment_is_drawn_where_it_was_said() -> None:
    path = pitch_path(Track(HOP_MS, (None, 100.0)), 100.0, 400)
    assert [x for _, x, _ in points(path)] == [0.375 * BOX_WIDTH] * 2


@given(st.lists(st.none() | st.floats(1, 1000), max_size=3000), st.floats(60, 400))
def test_the_line_stays_inside_its_box_and_has_no_more_points_than_a_screen(
    values: list[float | None], median_hz: float
) -> None:
    duration = max(1, len(values) * HOP_MS)
    drawn = points(pitch_path(Track(HOP_MS, tuple(values)), median_hz, duration))
    assert all(0 <= x <= BOX_WIDTH and 0 <= y <= BOX_HEIGHT for _, x, y in drawn)
    assert sum(step == "L" for step, _, _ in drawn) <= MOST_POINTS


def test_flat_stretches_are_marked() -> None:
    flat = Finding(FindingKind.MONOTONE, "flat", "", 0, 3, 1500, 4500)
    other = Finding(FindingKind.LONG_PAUSE, "pause", "", 0, 1, 0, 900)
    lane = pitch_lane(VOICE, (flat, other))
    assert lane is not None
    assert [(bar.x, bar.width) for bar in lane.flat] == [("25.00%", "50.00%")]


def test_too_little_voice_has_no_lane() -> None:
    assert pitch_lane(replace(VOICE, speech_regions=(Region(0, 2_900),)), ()) is None


def test_a_pitch_that_cannot_be_one_voice_has_no_lane() -> None:
    leaps = Track(HOP_MS, (70.0, 350.0) * 30)
    assert pitch_lane(replace(VOICE, pitch_hz=leaps), ()) is None
