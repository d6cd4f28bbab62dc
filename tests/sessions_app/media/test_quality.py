from __future__ import annotations

import numpy as np
import pytest

from sessions_app.media.quality import is_clipped, snr_db


def powers(speech: float, noise: float, quiet_steps: int = 100) -> np.ndarray:
    return np.array([noise] * quiet_steps + [speech] * 100, np.float32)


def test_twenty_db_is_a_hundred_times_the_power() -> None:
    assert snr_db(powers(0.101, 0.001), [(100, 200)]) == pytest.approx(20.0, abs=0.1)


def test_unknown_without_speech_or_without_background() -> None:
    assert snr_db(powers(0.1, 0.001), []) is None
    assert snr_db(powers(0.1, 0.001, quiet_steps=29), [(29, 129)]) is None


def test_a_cough_is_not_background() -> None:
    levels = powers(0.101, 0.001)
    levels[:20] = 0.5
    assert snr_db(levels, [(100, 200)]) == pytest.approx(20.0, abs=0.1)


def test_perfect_silence_behind_a_voice_is_finite() -> None:
    assert snr_db(powers(0.1, 0.0), [(100, 200)]) == pytest.approx(80.0)


@pytest.mark.parametrize(("steps", "clipped"), [(0, False), (1, False), (2, True)])
def test_one_hundredth_of_the_speech_is_too_much(steps: int, clipped: bool) -> None:
    flags = np.zeros(400, np.bool_)
    flags[:steps] = True
    flags[300:] = True  # a slammed door outside speech
    assert is_clipped(flags, [(0, 200)]) is clipped


def test_without_speech_nothing_is_clipped() -> None:
    assert not is_clipped(np.ones(10, np.bool_), [])
