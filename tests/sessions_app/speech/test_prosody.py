import math

import pytest

from sessions_app.speech.prosody import loudness, percentile, pitch, values_inside
from sessions_app.speech.tracks import Region, Track

ALL = (Region(0, 1_000_000),)


def test_loudness_is_taken_inside_speech_only() -> None:
    # Three seconds at −20 and three at −24 dBFS, then a silence that must not count.
    track = Track(100, (-20.0,) * 30 + (-24.0,) * 30 + (-70.0,) * 40)
    found = loudness(track, (Region(0, 6_000),))
    assert found is not None
    assert (found.mean_dbfs, found.sd_db) == (-22.0, 2.0)


def test_pitch_range_spans_the_deciles_in_semitones() -> None:
    # 0 to 10 semitones above 100 Hz, evenly: p10 is 1 and p90 is 9 semitones up.
    ladder = tuple(100 * 2 ** (step / 12) for step in range(11))
    track = Track(300, ladder)
    found = pitch(track, ALL)
    assert found is not None
    assert found.range_semitones == pytest.approx(8.0)
    assert found.median_hz == pytest.approx(100 * 2 ** (5 / 12))
    assert found.monotone is False


@pytest.mark.parametrize(("spread", "monotone"), [(4.9, True), (5.1, False)])
def test_a_narrow_range_is_monotone(spread: float, monotone: bool) -> None:
    track = Track(100, (100.0,) * 50 + (100 * 2 ** (spread / 12),) * 50)
    found = pitch(track, ALL)
    assert found is not None
    assert found.range_semitones == pytest.approx(spread)
    assert found.monotone is monotone


def test_a_range_no_voice_has_is_no_measure() -> None:
    octaves = Track(100, (100.0,) * 50 + (100 * 2 ** (15.5 / 12),) * 50)
    assert pitch(octaves, ALL) is None


def test_unvoiced_frames_do_not_count() -> None:
    voiced = (110.0, None, 120.0, None) * 30
    assert pitch(Track(100, voiced), ALL) is not None
    assert len(values_inside(Track(100, voiced), ALL)) == 60


def test_too_little_voice_has_no_range() -> None:
    assert pitch(Track(100, (110.0, 180.0) * 14), ALL) is None
    assert pitch(Track(100, (None,) * 500), ALL) is None
    assert loudness(Track(100, (-20.0,) * 29), ALL) is None


def test_a_frame_belongs_to_the_region_it_starts_in() -> None:
    track = Track(100, tuple(float(value) for value in range(10)))
    assert values_inside(track, (Region(150, 400), Region(800, 5_000))) == [2, 3, 8, 9]


def test_percentile_interpolates_between_neighbours() -> None:
    assert percentile([1.0, 2.0, 4.0], 0.25) == 1.5
    assert percentile([7.0], 0.9) == 7.0
    assert math.isclose(percentile([0.0, 10.0], 0.9), 9.0)
