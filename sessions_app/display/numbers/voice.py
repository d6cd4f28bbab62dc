"""Loudness and pitch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from sessions_app.display.numbers import norms
from sessions_app.display.numbers.entry import Way
from sessions_app.display.numbers.ground import Ground
from sessions_app.display.text import number
from sessions_app.speech.findings import FindingKind
from sessions_app.speech.norms import MONOTONE_SEMITONES
from sessions_app.speech.prosody import DECILES, percentile, values_inside


def ways(ground: Ground) -> Mapping[str, Way]:
    flat = ground.of_findings(_("Flat stretches"), ground.found(FindingKind.MONOTONE))
    return {
        "loudness-mean-dbfs": Way(tuple(_level(ground)), norms.loudness()),
        "loudness-sd-db": Way(tuple(_spread(ground)), norms.loudness()),
        "pitch-median-hz": Way(tuple(_median(ground))),
        "pitch-range-semitones": Way(
            tuple(_range(ground)), norms.pitch(), flat, ("pitch-median-hz",)
        ),
        "monotone": Way(tuple(_monotone(ground)), norms.pitch(), flat, ("pitch-range-semitones",)),
    }


def _levels(ground: Ground) -> list[float]:
    track = ground.material.loudness_dbfs
    return values_inside(track, ground.voice) if track else []


def _tones(ground: Ground) -> list[float]:
    track = ground.material.pitch_hz
    return sorted(hz for hz in values_inside(track, ground.voice) if hz > 0) if track else []


def _level(ground: Ground) -> Iterator[str]:
    track = ground.material.loudness_dbfs
    if ground.metrics.loudness_mean_dbfs is not None and track:
        yield _(
            "mean of %(count)s values, one for every %(hop)s ms with speech = %(mean)s dBFS"
        ) % {
            "count": number(len(_levels(ground))),
            "hop": number(track.hop_ms),
            "mean": number(ground.metrics.loudness_mean_dbfs, 1),
        }


def _spread(ground: Ground) -> Iterator[str]:
    if ground.metrics.loudness_sd_db is not None:
        yield _("standard deviation of the same %(count)s values = %(sd)s dB") % {
            "count": number(len(_levels(ground))),
            "sd": number(ground.metrics.loudness_sd_db, 1),
        }


def _median(ground: Ground) -> Iterator[str]:
    track = ground.material.pitch_hz
    if ground.metrics.pitch_median_hz is not None and track:
        yield _("middle of %(count)s values, one for every %(hop)s ms with voice = %(hz)s Hz") % {
            "count": number(len(_tones(ground))),
            "hop": number(track.hop_ms),
            "hz": number(ground.metrics.pitch_median_hz),
        }


def _range(ground: Ground) -> Iterator[str]:
    tones = _tones(ground)
    if ground.metrics.pitch_range_semitones is None or not tones:
        return
    low, high = (percentile(tones, share) for share in DECILES)
    yield _(
        "%(low_share)s %% of the values lie below %(low)s Hz, %(high_share)s %% below %(high)s Hz"
    ) % {
        "low_share": number(DECILES[0] * 100),
        "high_share": number(DECILES[1] * 100),
        "low": number(low, 1),
        "high": number(high, 1),
    }
    yield _("12 × log2(%(high)s ÷ %(low)s) = %(range)s semitones") % {
        "low": number(low, 1),
        "high": number(high, 1),
        "range": number(ground.metrics.pitch_range_semitones, 1),
    }


def _monotone(ground: Ground) -> Iterator[str]:
    if ground.metrics.monotone is None:
        return
    below = _("%(range)s semitones are below %(flat)s: yes")
    above = _("%(range)s semitones are not below %(flat)s: no")
    yield (below if ground.metrics.monotone else above) % {
        "range": number(ground.metrics.pitch_range_semitones, 1),
        "flat": number(MONOTONE_SEMITONES),
    }
