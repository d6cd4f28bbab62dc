from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from sessions_app.media import opening
from sessions_app.media.decoding import Tally, samples
from sessions_app.media.opening import choose_stream, open_source
from sessions_app.stages.problems import InputProblem, Problem
from tests import media_files


@contextmanager
def opened(path: Path) -> Iterator[int]:
    fd = os.open(path, os.O_RDONLY)
    try:
        yield fd
    finally:
        os.close(fd)


def problem_of(path: Path) -> Problem:
    with opened(path) as fd, pytest.raises(InputProblem) as caught:
        choose_stream(open_source(fd))
    return caught.value.problem


def test_a_script_is_recognised_and_not_on_the_list(tmp_path: Path) -> None:
    path = media_files.concat_script(tmp_path / "t.wav", tmp_path / "secret.wav")
    assert problem_of(path) is Problem.FORMAT_NOT_ACCEPTED


def test_a_reference_leads_nowhere_even_to_a_demuxer_that_follows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The protocol list alone, with references switched on and nothing else in the way."""
    secret = media_files.write(tmp_path / "secret.wav", media_files.tone(3, 1000, 0.9))
    path = media_files.mov_with_outside_data(tmp_path / "t.mov", secret)
    monkeypatch.setitem(opening._OPTIONS, "enable_drefs", "1")
    monkeypatch.setitem(opening._OPTIONS, "use_absolute_path", "1")
    assert loudest(path) == 0
    monkeypatch.setitem(opening._OPTIONS, "protocol_whitelist", "file")
    assert loudest(path) > 20_000


def loudest(path: Path) -> int:
    with opened(path) as fd, open_source(fd) as container:
        blocks = list(samples(container, choose_stream(container), Tally()))
    return max((int(np.abs(block.astype(int)).max()) for block in blocks), default=0)


def test_reads_from_the_start_wherever_the_descriptor_stands(tmp_path: Path) -> None:
    path = media_files.write(tmp_path / "t.wav", media_files.talk())
    with opened(path) as fd:
        os.lseek(fd, 500, os.SEEK_SET)
        with open_source(fd) as container:
            assert container.format.name == "wav"


def test_what_begins_like_a_recording_is_a_damaged_one(tmp_path: Path) -> None:
    path = tmp_path / "t.bin"
    path.write_bytes(b"fLaC" + bytes(5_000))
    assert problem_of(path) is Problem.DAMAGED
    path.write_bytes(bytes(5_000))
    assert problem_of(path) is Problem.NOT_MEDIA


def test_no_picture_is_ever_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """FFmpeg decodes a frame to learn the pixel format; here it stays unknown."""
    path = media_files.write(tmp_path / "t.mp4", media_files.talk(), video=True)
    with opened(path) as fd, open_source(fd) as container:
        assert container.streams.video[0].pix_fmt is None
    monkeypatch.delitem(opening._OPTIONS, "codec_whitelist")
    with opened(path) as fd, open_source(fd) as container:
        assert container.streams.video[0].pix_fmt == "yuv420p"
