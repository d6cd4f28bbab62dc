"""The melody of a voice as a lane of the timeline."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sessions_app.display.drawing import BOX_HEIGHT, Bar, bars, box_x
from sessions_app.speech.findings import Finding, FindingKind
from sessions_app.speech.prosody import pitch
from sessions_app.speech.tracks import Track
from sessions_app.stages.outputs import MediaOutput

SPAN_SEMITONES = 9.0
"""Drawn above and below the median. Hardly a voice leaves it in a talk; what does stays at the
edge."""

MOST_POINTS = 480
"""More cannot be told apart on a screen. One is half a second of a talk of four minutes."""


@dataclass(frozen=True, slots=True)
class PitchLane:
    """`path` is broken where no voice is heard; the speaker's median is the middle of the box.

    `flat` are the stretches that were found monotone.
    """

    path: str
    flat: tuple[Bar, ...]


def pitch_lane(media: MediaOutput, counted: Iterable[Finding]) -> PitchLane | None:
    """`None` with too little voice to draw, or a pitch that could not be followed."""
    heard = pitch(media.pitch_hz, media.speech_regions)
    if heard is None:
        return None
    flat = (finding for finding in counted if finding.kind == FindingKind.MONOTONE)
    path = pitch_path(media.pitch_hz, heard.median_hz, media.duration_ms)
    return PitchLane(path, bars(flat, media.duration_ms))


def pitch_path(track: Track, median_hz: float, duration_ms: int) -> str:
    """A line through the mean pitch of equal stretches, as semitones from `median_hz`. It begins
    anew after a stretch without voice; one that stands alone is a dot.
    """
    steps, joined = [], False
    for ms, semitones in _stretches(track, median_hz):
        if semitones is None:
            joined = False
            continue
        point = f"{box_x(ms, duration_ms):.1f} {_y(semitones):.1f}"
        steps.append(f"L{point}" if joined else f"M{point}L{point}")
        joined = True
    return "".join(steps)


def _stretches(track: Track, median_hz: float) -> Iterator[tuple[float, float | None]]:
    """The middle of each in ms, and its mean in semitones; `None` where nothing is voiced."""
    size = max(1, math.ceil(len(track.values) / MOST_POINTS))
    for start in range(0, len(track.values), size):
        values = track.values[start : start + size]
        heard = [12 * math.log2(value / median_hz) for value in values if value]
        middle = (start + len(values) / 2) * track.hop_ms
        yield middle, math.fsum(heard) / len(heard) if heard else None


def _y(semitones: float) -> float:
    held = min(SPAN_SEMITONES, max(-SPAN_SEMITONES, semitones))
    return BOX_HEIGHT / 2 * (1 - held / SPAN_SEMITONES)
