from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sessions_app.display.drawing import BOX_HEIGHT, BOX_WIDTH
from sessions_app.report import Report, assemble
from sessions_app.speech.findings import Finding, FindingKind, FindingStatus
from sessions_app.speech.metrics import PaceWindow
from sessions_app.speech.tracks import Track
from sessions_app.speech.words import Word
from sessions_app.timeline import build_timeline, loudness_path
from tests.sessions_app.samples import MEDIA, REFINEMENT, RULES, SCORING, TRANSCRIPTION

REPORT = assemble(
    title="Talk",
    language="en",
    kind="pitch",
    provisional=False,
    media=MEDIA,
    transcription=TRANSCRIPTION,
    rules=RULES,
    refinement=REFINEMENT,
    scoring=SCORING,
    steps_down=(),
    timings=(),
    processing_time_ms=1,
)


def with_findings(*findings: Finding) -> Report:
    return replace(REPORT, findings=findings)


def filler(start_ms: int | None, status: FindingStatus = FindingStatus.COUNTED) -> Finding:
    return Finding(FindingKind.FILLER, "um", "um", 0, 1, start_ms, start_ms, status)


def with_windows(*windows: PaceWindow) -> Report:
    metrics = replace(SCORING.metrics, pace_windows=windows)
    return replace(REPORT, metrics=metrics)


def test_a_filler_stands_where_it_was_said() -> None:
    timeline = build_timeline(with_findings(filler(750)))
    assert timeline is not None
    assert [(tick.x, tick.ms, tick.label) for tick in timeline.fillers] == [
        ("25.00%", 750, "um, 0:00")
    ]


def test_only_counted_fillers_with_a_time_are_drawn() -> None:
    timeline = build_timeline(
        with_findings(filler(None), filler(10, FindingStatus.POSSIBLE), filler(20))
    )
    assert timeline is not None
    assert [tick.ms for tick in timeline.fillers] == [20]


def test_a_pause_is_as_wide_as_it_is_long() -> None:
    pause = Finding(FindingKind.LONG_PAUSE, "pause", "", 1, 1, 600, 2100)
    timeline = build_timeline(with_findings(pause))
    assert timeline is not None
    assert [(bar.x, bar.width) for bar in timeline.pauses] == [("20.00%", "50.00%")]
    assert "1.5 s" in timeline.pauses[0].label


def test_the_comfortable_pace_is_inside_its_band() -> None:
    timeline = build_timeline(with_windows(PaceWindow(0, 3000, 140.0)))
    assert timeline is not None
    assert timeline.pace is not None
    y = float(re.findall(r" ([\d.]+)", timeline.pace.path)[0])
    top = float(timeline.pace.band_y)
    assert top < y < top + float(timeline.pace.band_height)


def test_a_faster_stretch_is_drawn_higher() -> None:
    timeline = build_timeline(with_windows(PaceWindow(0, 1500, 100), PaceWindow(1500, 3000, 200)))
    assert timeline is not None
    assert timeline.pace is not None
    heights = [float(y) for y in re.findall(r" ([\d.]+)", timeline.pace.path)]
    assert heights[0] > heights[-1]


def test_lanes_that_the_recording_cannot_support_are_absent() -> None:
    timeline = build_timeline(replace(REPORT, media=None, metrics=None))
    assert timeline is not None
    assert timeline.loudness == ""
    assert timeline.pitch is None
    assert timeline.pace is None
    assert timeline.duration_ms == 1400  # the end of the last word


def test_words_without_times_and_recording_have_no_timeline() -> None:
    assert build_timeline(replace(REPORT, media=None, words=(Word("Hello."),))) is None


def test_long_talks_have_few_round_marks() -> None:
    words = (Word("end", 0, 3_600_000),)
    timeline = build_timeline(replace(REPORT, media=None, words=words))
    assert timeline is not None
    assert [tick.label for tick in timeline.axis] == [
        "0:00", "10:00", "20:00", "30:00", "40:00", "50:00",
    ]  # fmt: skip


@given(st.lists(st.none() | st.floats(-120, 0), max_size=700), st.integers(1, 300))
def test_loudness_stays_inside_its_box(values: list[float | None], bars: int) -> None:
    path = loudness_path(Track(20, tuple(values)), bars)
    strokes = re.findall(r"M([\d.]+) ([\d.]+)V([\d.]+)", path)
    assert len(strokes) == min(bars, len(values))
    assert all(0 <= float(x) <= BOX_WIDTH for x, _, _ in strokes)
    assert all(0 <= float(top) < float(end) <= BOX_HEIGHT for _, top, end in strokes)


def test_a_loud_moment_is_taller_than_a_quiet_one() -> None:
    path = loudness_path(Track(20, (-12.0, -18.02, None)))
    tops = [float(top) for top in re.findall(r" ([\d.]+)V", path)]
    assert tops == [0, 25, 49]  # the loudest fills the box, 6 dB less fills half of it


@given(st.integers(1, 5_000_000), st.integers(0, 6_000_000))
def test_every_place_lies_between_both_ends(duration: int, start: int) -> None:
    report = replace(with_findings(filler(start)), media=replace(MEDIA, duration_ms=duration))
    timeline = build_timeline(report)
    assert timeline is not None
    places = [tick.x for tick in (*timeline.fillers, *timeline.axis)]
    assert all(0 <= float(place.rstrip("%")) <= 100 for place in places)


def test_a_pause_does_not_reach_beyond_the_end() -> None:
    pause = Finding(FindingKind.LONG_PAUSE, "pause", "", 1, 1, 2400, 9000)
    timeline = build_timeline(with_findings(pause))
    assert timeline is not None
    assert timeline.pauses[0].width == "20.00%"
