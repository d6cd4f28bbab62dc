from __future__ import annotations

import numpy as np
import pytest

from benchmarks.noises import Noise, babble, noisy, white

SPEECH = (3_000 * np.sin(np.arange(32_000) / 9)).astype(np.int16)
SPEECH[16_000:] = 0


@pytest.mark.parametrize("kind", [white, babble])
def test_noise_has_the_level_that_was_asked_for(kind: Noise) -> None:
    mixed = noisy(SPEECH, [(0, 1000)], kind, 20)
    noise = mixed.astype(float) - SPEECH
    speech = SPEECH[:16_000].astype(float)
    assert 10 * np.log10(np.mean(speech**2) / np.mean(noise**2)) == pytest.approx(20, abs=0.1)


def test_the_same_seed_makes_the_same_noise() -> None:
    first, second = (noisy(SPEECH, [(0, 1000)], white, 10, seed=3) for _ in range(2))
    assert np.array_equal(first, second)


def test_nothing_clips() -> None:
    loud = np.full(16_000, 30_000, np.int16)
    assert np.abs(noisy(loud, [(0, 1000)], white, 3).astype(int)).max() <= 32_000
