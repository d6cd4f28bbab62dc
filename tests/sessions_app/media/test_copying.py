from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import av
import numpy as np
import pytest

from sessions_app.media.copying import copy_with_index, lacks_length
from sessions_app.media.opening import open_source
from tests import media_files

RATE = 48_000
SECONDS = 6  # of `media_files.talk()`


@pytest.fixture(params=["webm", "mkv", "video.webm"])
def recorded(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"talk.{request.param}"
    codec = "libopus" if path.suffix == ".mkv" else ""
    video = "video" in request.param
    media_files.write(path, media_files.talk(rate=RATE), RATE, codec=codec, video=video)
    return media_files.as_browsers_record(path)


def copy(path: Path, to: int | None = None) -> Path | None:
    target = path.with_name(f"copy{path.suffix}")
    source = os.open(path, os.O_RDONLY)
    written = os.open(target, os.O_RDWR | os.O_CREAT) if to is None else to
    try:
        return target if copy_with_index(source, written) else None
    finally:
        os.close(source)
        os.close(written)


def length_lacks(path: Path) -> bool:
    source = os.open(path, os.O_RDONLY)
    try:
        with open_source(source) as container:
            return lacks_length(container)
    finally:
        os.close(source)


def packets(path: Path) -> list[tuple[str, bytes]]:
    with av.open(str(path)) as container:
        return [(p.stream.type, bytes(p)) for p in container.demux() if p.dts is not None]


def samples(path: Path) -> np.ndarray:
    with av.open(str(path)) as container:
        frames = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
    return np.concatenate(frames)


def test_the_mp4_that_browsers_record_lacks_none(tmp_path: Path) -> None:
    path = media_files.write(tmp_path / "t.mp4", media_files.talk(rate=RATE), RATE)
    assert not length_lacks(media_files.as_browsers_record(path))


@pytest.mark.parametrize("extension", media_files.CODECS)
def test_a_file_that_has_a_length_lacks_none(extension: str, tmp_path: Path) -> None:
    path = tmp_path / f"talk.{extension}"
    media_files.write(path, media_files.talk(rate=RATE), RATE)
    assert not length_lacks(path)


def test_a_copy_has_a_length_and_keeps_every_packet(recorded: Path) -> None:
    assert length_lacks(recorded)
    copied = copy(recorded)
    assert copied is not None
    assert not length_lacks(copied)
    assert Counter(packets(copied)) == Counter(packets(recorded))
    with av.open(str(copied)) as container:
        assert (container.duration or 0) / av.time_base == pytest.approx(SECONDS, abs=0.1)


def test_the_sound_of_a_copy_is_the_same(recorded: Path) -> None:
    copied = copy(recorded)
    assert copied is not None
    assert np.array_equal(samples(copied), samples(recorded))


def test_players_find_a_moment_in_a_copy(recorded: Path) -> None:
    copied = copy(recorded)
    assert copied is not None
    with av.open(str(copied)) as container:
        container.seek(5 * av.time_base)
        packet = next(container.demux(audio=0))
        assert packet.pts is not None
        assert packet.time_base is not None
        assert 0 < packet.pts * packet.time_base <= 5


def test_a_webm_stays_a_webm_and_a_matroska_a_matroska(recorded: Path) -> None:
    copied = copy(recorded)
    assert copied is not None
    assert copied.read_bytes()[:64].count(b"webm") == recorded.read_bytes()[:64].count(b"webm")


def test_what_is_neither_sound_nor_picture_is_not_lost(tmp_path: Path) -> None:
    assert copy(media_files.write_with_subtitles(tmp_path / "t.mkv", media_files.talk())) is None


def test_a_full_disk_makes_no_copy(recorded: Path) -> None:
    assert copy(recorded, os.open("/dev/full", os.O_WRONLY)) is None


def test_what_is_no_recording_is_not_copied(tmp_path: Path) -> None:
    path = tmp_path / "t.webm"
    path.write_bytes(bytes.fromhex("1a45dfa3") + bytes(500))
    assert copy(path) is None
