"""The timeline of a report as coordinates for inline SVG, see `display/drawing.py`."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sessions_app.display.drawing import (
    BOX_HEIGHT,
    BOX_WIDTH,
    Bar,
    Tick,
    bars,
    box_x,
    percent,
    ticks,
)
from sessions_app.display.pitch_lane import PitchLane, pitch_lane
from sessions_app.display.text import clock
from sessions_app.report import Report
from sessions_app.speech.findings import FindingKind, FindingStatus
from sessions_app.speech.metrics import PaceWindow
from sessions_app.speech.tracks import Track

LOUDNESS_BARS = 120
SLOWEST_WPM, FASTEST_WPM = 60.0, 220.0
COMFORTABLE_WPM = (110.0, 165.0)
_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
_MAX_TICKS = 6
_PAUSES = (FindingKind.LONG_PAUSE, FindingKind.MID_SENTENCE_PAUSE)


@dataclass(frozen=True, slots=True)
class PaceLane:
    """`path` in the box; the comfortable band as the box's `band_y` and `band_height`."""

    path: str
    band_y: str
    band_height: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lanes that the recording cannot support are empty or `None`."""

    duration_ms: int
    loudness: str
    pace: PaceLane | None
    pitch: PitchLane | None
    fillers: tuple[Tick, ...]
    pauses: tuple[Bar, ...]
    axis: tuple[Tick, ...]
    summary: str


def build_timeline(report: Report) -> Timeline | None:
    """`None` where no word has a time and there is no recording."""
    duration = _duration_ms(report)
    if not duration:
        return None
    counted = [f for f in report.findings if f.status == FindingStatus.COUNTED]
    fillers = ticks((f for f in counted if f.kind == FindingKind.FILLER), duration)
    pauses = bars((f for f in counted if f.kind in _PAUSES), duration)
    return Timeline(
        duration_ms=duration,
        loudness=loudness_path(report.media.loudness_dbfs) if report.media else "",
        pace=_pace_lane(report.metrics.pace_windows, duration) if report.metrics else None,
        pitch=pitch_lane(report.media, counted) if report.media else None,
        fillers=fillers,
        pauses=pauses,
        axis=_axis(duration),
        summary=_summary(duration, len(fillers), len(pauses)),
    )


def loudness_path(track: Track, most: int = LOUDNESS_BARS) -> str:
    """One vertical stroke per bar, mirrored around the middle.

    As long as the bar's loudest moment is in amplitude beside the loudest of all: like a waveform.
    """
    loudest = max((value for value in track.values if value is not None), default=0.0)
    count = len(track.values)
    shown = min(most, count)
    strokes = []
    for i in range(shown):
        values = track.values[i * count // shown : (i + 1) * count // shown]
        level = max((_level(value, loudest) for value in values), default=0.0)
        half = max(1.0, level * BOX_HEIGHT / 2)
        x = (i + 0.5) * BOX_WIDTH / shown
        strokes.append(f"M{x:.1f} {BOX_HEIGHT / 2 - half:.1f}V{BOX_HEIGHT / 2 + half:.1f}")
    return "".join(strokes)


def _level(dbfs: float | None, loudest: float) -> float:
    """Amplitude as a share of the loudest."""
    if dbfs is None:
        return 0.0
    return float(10 ** ((dbfs - loudest) / 20))


def _pace_lane(windows: tuple[PaceWindow, ...], duration: int) -> PaceLane | None:
    if not windows:
        return None
    fast, slow = _pace_y(COMFORTABLE_WPM[1]), _pace_y(COMFORTABLE_WPM[0])
    return PaceLane(_pace_path(windows, duration), f"{fast:.1f}", f"{slow - fast:.1f}")


def _pace_path(windows: tuple[PaceWindow, ...], duration: int) -> str:
    """A line through the middles of the windows, level at both ends."""
    first, last = windows[0], windows[-1]
    points = [(first.start_ms, first.wpm)]
    points += [((w.start_ms + w.end_ms) // 2, w.wpm) for w in windows]
    points.append((last.end_ms, last.wpm))
    steps = [f"{box_x(ms, duration):.1f} {_pace_y(wpm):.1f}" for ms, wpm in points]
    return "M" + "L".join(steps)


def _pace_y(wpm: float) -> float:
    share = (wpm - SLOWEST_WPM) / (FASTEST_WPM - SLOWEST_WPM)
    return BOX_HEIGHT * (1 - min(1.0, max(0.0, share)))


def _duration_ms(report: Report) -> int | None:
    if report.media is not None:
        return report.media.duration_ms
    return max((word.end_ms for word in report.words if word.end_ms is not None), default=None)


def _axis(duration: int) -> tuple[Tick, ...]:
    """Round moments, at most `_MAX_TICKS`, none so near the end that its label is cut."""
    step = 1000 * next((s for s in _STEPS_S if duration / 1000 / s <= _MAX_TICKS), _STEPS_S[-1])
    return tuple(
        Tick(percent(ms, duration), ms, clock(ms)) for ms in range(0, int(duration * 0.95), step)
    )


def _summary(duration: int, fillers: int, pauses: int) -> str:
    return _(
        "Timeline of %(length)s: loudness, pace, pitch, %(fillers)s fillers and %(pauses)s pauses. "
        "The lists below have the same moments as links."
    ) % {"length": clock(duration), "fillers": fillers, "pauses": pauses}
