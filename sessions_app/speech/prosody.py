"""Loudness and pitch of a voice, from evenly spaced tracks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median, pstdev

from sessions_app.speech.norms import MONOTONE_SEMITONES
from sessions_app.speech.tracks import Region, Track

MIN_VOICED_MS = 3_000
"""Less voice than this says nothing about a speaker's range."""

PLAUSIBLE_SEMITONES = 15.0
"""A wider range is not one voice: octave errors of the pitch track, music, or several people."""

DECILES = (0.1, 0.9)


@dataclass(frozen=True, slots=True)
class Loudness:
    mean_dbfs: float
    sd_db: float


@dataclass(frozen=True, slots=True)
class Pitch:
    """`range_semitones` is p10 to p90; `monotone` when below `MONOTONE_SEMITONES`."""

    median_hz: float
    range_semitones: float
    monotone: bool


def loudness(track: Track, regions: Sequence[Region]) -> Loudness | None:
    """Mean and standard deviation of the track's decibels inside `regions`.

    `None` with less than three seconds of speech.
    """
    values = values_inside(track, regions)
    if len(values) * track.hop_ms < MIN_VOICED_MS:
        return None
    return Loudness(fmean(values), pstdev(values))


def pitch(track: Track, regions: Sequence[Region]) -> Pitch | None:
    """Median and range of pitch over the voiced frames inside `regions`.

    `None` with less than three seconds of voice, or a range wider than one voice has.
    """
    values = voiced(track, regions)
    if not values:
        return None
    semitones = semitone_range(values)
    if semitones > PLAUSIBLE_SEMITONES:
        return None
    return Pitch(median(values), semitones, semitones < MONOTONE_SEMITONES)


def voiced(track: Track, regions: Sequence[Region]) -> list[float]:
    """Pitches inside `regions`, ascending; none with less than three seconds of voice."""
    values = sorted(value for value in values_inside(track, regions) if value > 0)
    return values if len(values) * track.hop_ms >= MIN_VOICED_MS else []


def semitone_range(ordered: Sequence[float]) -> float:
    """From the 10th to the 90th percentile of ascending pitches, one or more of them."""
    low, high = (percentile(ordered, share) for share in DECILES)
    return 12 * math.log2(high / low)


def values_inside(track: Track, regions: Sequence[Region]) -> list[float]:
    """Measured values whose frame starts inside one of the regions."""
    values: list[float] = []
    for region in regions:
        first = -(-region.start_ms // track.hop_ms)
        last = -(-region.end_ms // track.hop_ms)
        values.extend(value for value in track.values[first:last] if value is not None)
    return values


def percentile(ordered: Sequence[float], share: float) -> float:
    """The value below which `share` of an ascending sequence lies, linear between neighbours."""
    position = share * (len(ordered) - 1)
    below = math.floor(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)
