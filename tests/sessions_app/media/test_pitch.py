from __future__ import annotations

import numpy as np
import pytest

from sessions_app.media.pitch import HIGHEST_HZ, LOWEST_HZ, PitchTracker
from tests import media_files


def pitches(sound: media_files.Sound) -> np.ndarray:
    tracker = PitchTracker()
    for start in range(0, sound.size, 16_000):
        tracker.feed(sound[start : start + 16_000])
    return tracker.values()


@pytest.mark.parametrize("hertz", [65, 75, 90, 120, 180, 250, 330, 390])
def test_hears_every_voice_at_its_own_octave(hertz: float) -> None:
    found = pitches(media_files.voice(2, hertz))
    assert found.size == 100
    middle = found[2:-2]
    assert np.isfinite(middle).mean() > 0.95
    assert np.nanmax(np.abs(12 * np.log2(middle / hertz))) < 0.5


def test_a_missing_fundamental_is_heard_as_people_hear_it() -> None:
    """A telephone cuts off 120 Hz; the voice keeps its pitch."""
    sound = sum(media_files.tone(2, 120.0 * n, 0.2).astype(np.int32) for n in (3, 4, 5, 6))
    found = pitches(np.asarray(sound, np.int16))[2:-2]
    assert float(np.nanmedian(found)) == pytest.approx(120, rel=0.02)


@pytest.mark.parametrize(
    "sound",
    [
        media_files.silence(2),
        media_files.noise(2, 0.1),
        media_files.tone(2, 1000),
        media_files.tone(2, 500),
        media_files.tone(2, 60),
        media_files.voice(2, 120, level=0.0005),
    ],
    ids=["silence", "noise", "whistle", "high", "hum", "faint"],
)
def test_what_is_no_voice_has_no_pitch(sound: media_files.Sound) -> None:
    assert np.isfinite(pitches(sound)[2:-2]).mean() < 0.05


def test_no_pitch_outside_the_range_of_voices() -> None:
    glide = np.cumsum(np.linspace(40, 700, 64_000)) / 16_000
    found = pitches(np.asarray(8_000 * np.sin(2 * np.pi * glide), np.int16))
    known = found[np.isfinite(found)]
    assert known.size > 40
    assert known.min() >= LOWEST_HZ
    assert known.max() <= HIGHEST_HZ


def test_a_scrap_of_sound_is_no_trouble() -> None:
    assert pitches(media_files.voice(0.005)).size == 0
