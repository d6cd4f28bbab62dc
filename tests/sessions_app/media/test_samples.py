from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from sessions_app.media.samples import SampleWriter
from sessions_app.stages.problems import Problem, StageProblem


def test_samples_are_written_one_after_the_other(tmp_path: Path) -> None:
    with (tmp_path / "samples").open("wb") as target:
        writer = SampleWriter(target.fileno())
        writer.write(np.array([1, -2], np.int16))
        writer.write(np.array([300], np.int16))
        assert np.fromfile(tmp_path / "samples", "<i2").tolist() == [1, -2, 300]


def test_a_full_disk_is_no_fault_of_the_recording() -> None:
    fd = os.open("/dev/full", os.O_WRONLY)
    with pytest.raises(StageProblem) as caught:
        SampleWriter(fd).write(np.ones(10, np.int16))
    os.close(fd)
    assert caught.value.problem is Problem.STORAGE
