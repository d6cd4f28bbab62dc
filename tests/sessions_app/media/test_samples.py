from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from sessions_app.media.samples import SampleStore
from sessions_app.stages.problems import Problem, StageProblem


def test_samples_are_written_one_after_the_other(tmp_path: Path) -> None:
    with (tmp_path / "samples").open("wb+") as target:
        store = SampleStore(target.fileno())
        store.write(np.array([1, -2], np.int16))
        store.write(np.array([300], np.int16))
        assert np.fromfile(tmp_path / "samples", "<i2").tolist() == [1, -2, 300]


def test_they_are_read_back_by_the_second(tmp_path: Path) -> None:
    sound = np.arange(40_000).astype(np.int16)
    with (tmp_path / "samples").open("wb+") as target:
        store = SampleStore(target.fileno())
        store.write(sound[:30_000])
        store.write(sound[30_000:])
        blocks = list(store.blocks())
    assert [block.size for block in blocks] == [16_000, 16_000, 8_000]
    assert np.concatenate(blocks).tolist() == sound.tolist()


def test_a_full_disk_is_no_fault_of_the_recording() -> None:
    fd = os.open("/dev/full", os.O_WRONLY)
    with pytest.raises(StageProblem) as caught:
        SampleStore(fd).write(np.ones(10, np.int16))
    os.close(fd)
    assert caught.value.problem is Problem.STORAGE
