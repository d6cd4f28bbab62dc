"""What a stored recording is, from its own bytes: names and browsers may claim anything."""

from __future__ import annotations

import os
from typing import BinaryIO

UNKNOWN = "application/octet-stream"
_WINDOW = 256 * 1024  # an MP4 header lies at the front of the file or at its end
_FRAME_SYNC = (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa")
_MATROSKA_VIDEO = (b"V_VP8", b"V_VP9", b"V_AV1", b"V_MPEG")


def content_type(file: BinaryIO) -> str:
    """MIME type of a recording; `UNKNOWN` for what no player here is offered.

    Leaves the position of `file` at its start.
    """
    head, tail = _ends(file)
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return "video/webm" if any(codec in head for codec in _MATROSKA_VIDEO) else "audio/webm"
    if head[4:8] == b"ftyp":
        return "video/mp4" if b"vide" in head or b"vide" in tail else "audio/mp4"
    if head[:4] == b"OggS":
        return "video/ogg" if b"\x80theora" in head else "audio/ogg"
    return _sound_only(head)


def _sound_only(head: bytes) -> str:
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "audio/wav"
    if head[:4] == b"fLaC":
        return "audio/flac"
    if head[:3] == b"ID3" or head[:2] in _FRAME_SYNC:
        return "audio/mpeg"
    return UNKNOWN


def _ends(file: BinaryIO) -> tuple[bytes, bytes]:
    file.seek(0)
    head = file.read(_WINDOW)
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _WINDOW))
    tail = file.read(_WINDOW)
    file.seek(0)
    return head, tail
