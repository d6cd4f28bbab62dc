"""What a file says about its own length, and what its packets add up to."""

from __future__ import annotations

import os
from typing import Final

import av
from av.audio.stream import AudioStream
from av.container import InputContainer

from sessions_app.media.opening import choose_stream, open_source
from sessions_app.media.riff import wav_claim_ms
from sessions_app.stages.problems import InputProblem, Problem

PACKETS_PER_SECOND: Final = 500
"""Opus, the codec with the shortest packets, has at most 400 of them a second."""

SMALL_BYTES: Final = 8_000_000
"""Half an hour of a browser's recording: whoever lies in its header gains seconds."""

_ID3_HEADER: Final = 10


def claimed_ms(container: InputContainer, stream: AudioStream, fd: int) -> int | None:
    """The length of the sound according to the header; `None` where it is not a promise.

    An mp3 without an encoder's tag has no length: FFmpeg guesses one from the first bit rate.
    A wav is taken at its word, where FFmpeg trusts the size of the file instead. The length of
    a file with pictures says nothing about its sound.
    """
    if container.format.name == "mp3" and not _has_length_tag(fd):
        return None
    if container.format.name == "wav":
        return wav_claim_ms(fd)
    if stream.duration is not None and stream.time_base is not None:
        length = float(stream.duration * stream.time_base)
    elif container.duration is not None and not container.streams.video:
        length = container.duration / av.time_base
    else:
        return None
    return round(length * 1000) if length > 0 else None


def expected_ms(fd: int, max_seconds: int) -> int:
    """The length by the header of a small file; else the packets are added up without decoding
    them, ~0.4 s for an hour of Opus. 0 where neither tells it.

    A header may claim ten seconds over ten hours of sound; decoding would notice only after
    the whole permitted hour, which takes a small file seconds. Raises InputProblem(TOO_LONG).
    """
    with open_source(fd) as container:
        stream = choose_stream(container)
        longest = max(container.duration or 0, 0) / av.time_base
        if longest > max_seconds:
            raise InputProblem(Problem.TOO_LONG, f"claims {longest:.0f} s")
        claim = claimed_ms(container, stream, fd)
        if claim is not None and os.fstat(fd).st_size <= SMALL_BYTES:
            return claim
        total = _weigh(container, stream, max_seconds)
        return int(total * stream.time_base * 1000) if stream.time_base else 0


def _weigh(container: InputContainer, stream: AudioStream, max_seconds: int) -> int:
    """In units of the stream; up to where reading breaks off."""
    units = int(max_seconds / stream.time_base) if stream.time_base else 0
    total = count = 0
    try:
        for packet in container.demux(stream):
            total += packet.duration or 0
            count += 1
            if total > units > 0 or count > max_seconds * PACKETS_PER_SECOND:
                raise InputProblem(Problem.TOO_LONG, f"more than {max_seconds} s in packets")
    except MemoryError:
        raise
    except av.error.FFmpegError:
        pass  # decoding meets the same damage and says what it means
    return total


def _has_length_tag(fd: int) -> bool:
    head = os.pread(fd, 4096, _id3_size(os.pread(fd, _ID3_HEADER, 0)))
    return any(tag in head for tag in (b"Xing", b"Info", b"VBRI"))


def _id3_size(header: bytes) -> int:
    """Bytes of the ID3v2 tag in front of the sound (four 7-bit digits, then the header)."""
    if len(header) < _ID3_HEADER or not header.startswith(b"ID3"):
        return 0
    size = 0
    for digit in header[6:10]:
        size = size << 7 | digit & 0x7F
    return size + _ID3_HEADER
