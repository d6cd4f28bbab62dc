from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterable
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.media import encoding
from tests import media_files

ROOT = Path(__file__).resolve().parents[3]
SECONDS = 3
PCM = media_files.noise(SECONDS, 0.5).tobytes()


def encode(pcm: Iterable[bytes], form: str) -> bytes:
    file = BytesIO()
    encoding.encode(pcm, form, file)
    return file.getvalue()


def decoded(file: bytes) -> list[int]:
    with av.open(BytesIO(file), "r") as container:
        frames = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
    return [int(sample) for sample in np.concatenate(frames)]


def test_flac_keeps_every_sample() -> None:
    assert decoded(encode([PCM], "flac")) == np.frombuffer(PCM, dtype=np.int16).tolist()


def test_mp3_is_as_long_and_much_smaller() -> None:
    file = encode([PCM], "mp3")
    assert len(decoded(file)) == SECONDS * 16_000
    assert len(file) < len(encode([PCM], "flac")) / 4


@pytest.mark.parametrize("form", ["flac", "mp3"])
def test_a_file_says_its_length_and_form(form: str) -> None:
    with av.open(BytesIO(encode([PCM], form)), "r") as container:
        assert container.format.name == form
        assert container.duration == SECONDS * 1_000_000
        assert container.streams.audio[0].rate == 16_000


ANOTHER_PROCESS = """
from hashlib import sha256
from tests.sessions_app.media.test_encoding import PCM, encode
print(*(sha256(encode([PCM], form)).hexdigest() for form in ("flac", "mp3")))
"""


def test_the_same_sound_is_the_same_bytes_in_another_process() -> None:
    said = subprocess.run(
        [sys.executable, "-c", ANOTHER_PROCESS],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert said == [sha256(encode([PCM], form)).hexdigest() for form in ("flac", "mp3")]


@pytest.mark.parametrize("form", ["flac", "mp3"])
@given(cuts=st.lists(st.integers(0, SECONDS * 16_000), max_size=8))
def test_how_the_sound_is_divided_makes_no_difference(form: str, cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), SECONDS * 16_000]
    parts = [PCM[2 * start : 2 * end] for start, end in pairwise(edges)]
    assert encode(parts, form) == encode([PCM], form)


def test_other_sound_is_other_bytes() -> None:
    other = media_files.noise(SECONDS, 0.4).tobytes()
    assert encode([other], "flac") != encode([PCM], "flac")


class FullDisk(BytesIO):
    def write(self, data: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("form", ["flac", "mp3"])
def test_a_disk_that_takes_no_more_says_so(form: str) -> None:
    with pytest.raises(OSError, match="No space left") as raised:
        encoding.encode([PCM], form, FullDisk())
    assert raised.value.errno == errno.ENOSPC
