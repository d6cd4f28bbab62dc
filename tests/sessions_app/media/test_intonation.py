from __future__ import annotations

import numpy as np

from sessions_app.media.intonation import intonation

NAN = float("nan")


def track(values: list[float], size: int = 5) -> list[float | None]:
    return intonation(np.array(values, np.float32), size)


def test_a_hop_is_the_median_of_its_windows() -> None:
    assert track([100, 101, 99, 100, 240]) == [100.0]


def test_half_unvoiced_is_unknown() -> None:
    assert track([100, 100, NAN, NAN, NAN, 100, 100, 100, NAN, NAN]) == [None, 100.0]


def test_an_octave_jump_is_an_error_of_ours() -> None:
    steady = [120.0] * 25
    assert track([*steady, *[240.0] * 5, *steady]) == [120.0] * 5 + [None] + [120.0] * 5


def test_a_rising_voice_is_kept() -> None:
    rise = np.geomspace(110, 330, 300)  # an octave and a half in six seconds
    assert None not in track(list(rise))


def test_nothing_stays_nothing() -> None:
    assert track([]) == []
    assert track([NAN] * 7) == [None, None]
