from __future__ import annotations

from io import BytesIO

import pytest

from sessions_app.sniffing import UNKNOWN, content_type

MP4 = b"\x00\x00\x00\x20ftypisom"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"fLaC\x00", "audio/flac"),
        (b"ID3\x04", "audio/mpeg"),
        (b"\xff\xfb\x90", "audio/mpeg"),
        (b"OggS\x00\x02OpusHead", "audio/ogg"),
        (b"OggS\x00\x02\x80theora", "video/ogg"),
        (b"\x1a\x45\xdf\xa3\x9fwebm A_OPUS", "audio/webm"),
        (b"\x1a\x45\xdf\xa3\x9fwebm V_VP9 A_OPUS", "video/webm"),
        (MP4 + b"hdlr soun", "audio/mp4"),
        (MP4 + b"hdlr vide", "video/mp4"),
        (MP4 + bytes(600_000) + b"moov hdlr vide", "video/mp4"),
        (b"<html><script>", UNKNOWN),
        (b"#EXTM3U", UNKNOWN),
        (b"", UNKNOWN),
    ],
)
def test_tells_a_recording_by_its_bytes(data: bytes, expected: str) -> None:
    file = BytesIO(data)
    assert content_type(file) == expected
    assert file.tell() == 0
