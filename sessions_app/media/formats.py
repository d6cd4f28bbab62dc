"""Which containers and codecs a recording may use. Everything else is refused by name.

FFmpeg guesses formats from content, and some of its formats are scripts that name other files
(HLS, concat, SDP, image sequences), whatever the file is called. A list of the few formats we
want is the only thing that keeps all of those out, including the ones nobody thought of.
"""

from __future__ import annotations

from typing import Final

CONTAINERS: Final = {
    "matroska,webm": "webm",
    "mov,mp4,m4a,3gp,3g2,mj2": "mp4",
    "mp3": "mp3",
    "wav": "wav",
    "ogg": "ogg",
    "flac": "flac",
}
"""FFmpeg's name of each accepted demuxer -> the name we show."""

CODECS: Final = (
    "aac",
    "alac",
    "flac",
    "mp3",
    "mp3float",
    "opus",
    "pcm_alaw",
    "pcm_f32be",
    "pcm_f32le",
    "pcm_f64le",
    "pcm_mulaw",
    "pcm_s16be",
    "pcm_s16le",
    "pcm_s24be",
    "pcm_s24le",
    "pcm_s32be",
    "pcm_s32le",
    "pcm_u8",
    "vorbis",
)
"""Sound decoders only: no picture is ever decoded, not even to look at its size."""

MAGIC: Final = (
    (0, b"\x1aE\xdf\xa3"),  # webm, matroska
    (4, b"ftyp"),  # mp4, m4a, mov
    (4, b"moov"),
    (4, b"mdat"),
    (0, b"ID3"),  # mp3
    (0, b"RIFF"),
    (0, b"OggS"),
    (0, b"fLaC"),
)


def looks_accepted(head: bytes) -> bool:
    """True when the first bytes belong to an accepted container, readable or not."""
    return any(head[at : at + len(mark)] == mark for at, mark in MAGIC)
