from __future__ import annotations

import numpy as np
import pytest

from sessions_app.media.levels import LevelMeter, coarser, dbfs
from tests import media_files


def metered(sound: media_files.Sound) -> LevelMeter:
    meter = LevelMeter()
    for start in range(0, sound.size, 16_000):
        block = sound[start : start + 16_000]
        meter.feed(block, block)
    return meter


def test_a_full_sine_is_3_db_under_full_scale() -> None:
    levels = dbfs(metered(media_files.tone(2, level=1.0)).powers())
    assert levels.size == 200
    assert float(levels.mean()) == pytest.approx(-3.0, abs=0.1)


def test_digital_silence_is_a_finite_floor() -> None:
    assert set(dbfs(metered(media_files.silence(1)).powers())) == {-90.0}


def test_nothing_fed_is_nothing_measured() -> None:
    assert LevelMeter().powers().size == LevelMeter().clipped().size == 0
    assert coarser(LevelMeter().powers(), 10).size == 0


def test_the_last_hop_is_the_mean_of_what_there_is() -> None:
    powers = np.array([1, 1, 1, 0, 0, 0.5], np.float32)
    assert coarser(powers, 4).tolist() == [0.75, 0.25]


def test_only_flat_tops_at_full_scale_are_clipped() -> None:
    assert metered(media_files.tone(1, level=1.5)).clipped().any()
    assert not metered(media_files.tone(1, level=0.98)).clipped().any()


@pytest.mark.parametrize(("run", "clipped"), [(2, False), (3, True)])
def test_three_samples_make_a_plateau(run: int, clipped: bool) -> None:
    sound = media_files.silence(1)
    sound[100 : 100 + run] = -32_768
    assert bool(metered(sound).clipped().any()) is clipped
