from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from av.audio.frame import AudioFrame
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.media.resampling import Resampler, whole_seconds
from sessions_app.stages.problems import InputProblem, Problem
from tests import media_files


def frame(sound: media_files.Sound, rate: int, layout: str = "mono") -> AudioFrame:
    made = AudioFrame.from_ndarray(sound[None, :], format="s16", layout=layout)
    made.sample_rate, made.time_base = rate, Fraction(1, rate)
    return made


def resampled(frames: list[AudioFrame]) -> np.ndarray:
    resampler = Resampler()
    blocks = [block for each in frames for block in resampler.push(each)]
    return np.concatenate([*blocks, *resampler.flush()], axis=1)


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 44_100, 48_000, 96_000])
def test_every_rate_becomes_16_khz_of_the_same_length(rate: int) -> None:
    heard = resampled([frame(media_files.tone(2, 300, 0.5, rate), rate)])
    assert heard.shape[1] == pytest.approx(32_000, abs=40)
    assert float(heard[0].std()) == pytest.approx(0.5 * 32_767 / 2**0.5, rel=0.02)


def test_row_two_has_lost_the_rumble_and_kept_the_voice() -> None:
    rumble = resampled([frame(media_files.tone(2, 20, 0.5), 16_000)])
    assert rumble[1, 8_000:].std() < 0.01 * rumble[0].std()
    voice = resampled([frame(media_files.tone(2, 200, 0.5), 16_000)])
    assert voice[1].std() == pytest.approx(voice[0].std(), rel=0.1)


def test_both_channels_are_heard() -> None:
    left = np.stack([media_files.tone(1), media_files.silence(1)], axis=1).ravel()
    assert resampled([frame(left, 16_000, "stereo")])[0].std() > 1_000


def test_every_shape_gets_its_own_graph_up_to_a_point() -> None:
    frames = [frame(media_files.tone(0.1, rate=rate), rate) for rate in (8_000, 16_000) * 10]
    assert resampled(frames[:9]).shape[1] == pytest.approx(9 * 1_600, abs=80)
    with pytest.raises(InputProblem) as caught:
        resampled(frames)
    assert caught.value.problem is Problem.FORMAT_CHANGED


@pytest.mark.parametrize("rate", [1_000, 384_000])
def test_odd_rates_are_refused(rate: int) -> None:
    with pytest.raises(InputProblem) as caught:
        resampled([frame(media_files.tone(0.1, rate=rate), rate)])
    assert caught.value.problem is Problem.FORMAT_NOT_ACCEPTED


@given(st.lists(st.integers(1, 40_000), max_size=8))
def test_seconds_are_whole_and_nothing_is_lost(sizes: list[int]) -> None:
    sound = np.arange(2 * sum(sizes), dtype=np.int64).astype(np.int16).reshape(2, -1)
    pieces = np.split(sound, np.cumsum(sizes)[:-1].tolist(), axis=1) if sizes else []
    blocks = list(whole_seconds(iter(pieces)))
    assert all(block.shape[1] == 16_000 for block in blocks[:-1])
    if sizes:
        assert np.array_equal(np.concatenate(blocks, axis=1), sound)
