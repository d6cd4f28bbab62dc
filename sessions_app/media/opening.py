"""Opens an untrusted file through its descriptor, under the narrowest whitelists."""

from __future__ import annotations

import os
from typing import Final

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Discard

from sessions_app.media.formats import CODECS, CONTAINERS, looks_accepted
from sessions_app.stages.problems import InputProblem, Problem

MAX_STREAMS: Final = 16
MAX_CHANNELS: Final = 8
SAMPLE_RATES: Final = range(4_000, 192_001)

_OPTIONS: Final = {
    "format_whitelist": ",".join(CONTAINERS),
    "codec_whitelist": ",".join(CODECS),
    # The file is handed over open. No protocol exists to reach another one, not even `file:`.
    "protocol_whitelist": "none",
}


def open_source(fd: int) -> InputContainer:
    """Opens the recording behind `fd` from its start.

    Raises InputProblem: NOT_MEDIA, DAMAGED (an accepted container that cannot be read),
    FORMAT_NOT_ACCEPTED. MemoryError passes through.
    """
    os.lseek(fd, 0, os.SEEK_SET)
    try:
        return av.open(
            os.fdopen(fd, "rb", buffering=0, closefd=False),
            mode="r",
            container_options=_OPTIONS,
            metadata_errors="replace",
        )
    except av.error.ArgumentError as error:  # recognised, but not on the list
        raise InputProblem(Problem.FORMAT_NOT_ACCEPTED, str(error)) from error
    except MemoryError:
        raise
    except (av.error.FFmpegError, EOFError) as error:
        damaged = looks_accepted(os.pread(fd, 16, 0))
        raise InputProblem(Problem.DAMAGED if damaged else Problem.NOT_MEDIA, str(error)) from error


def choose_stream(container: InputContainer) -> AudioStream:
    """The first sound stream; all others are skipped by the demuxer.

    Raises InputProblem: NO_AUDIO, FORMAT_NOT_ACCEPTED, TOO_MANY_CHANNELS.
    """
    if len(container.streams) > MAX_STREAMS:
        raise InputProblem(Problem.FORMAT_NOT_ACCEPTED, f"{len(container.streams)} streams")
    if not container.streams.audio:
        raise InputProblem(Problem.NO_AUDIO)
    chosen = container.streams.audio[0]
    if chosen.codec_context is None or chosen.codec_context.name not in CODECS:
        raise InputProblem(Problem.FORMAT_NOT_ACCEPTED, "codec")
    for stream in container.streams:
        if stream is not chosen:
            stream.discard = Discard.all
    check_shape(chosen.codec_context.sample_rate, chosen.codec_context.channels)
    return chosen


def check_shape(sample_rate: int, channels: int) -> None:
    """Raises InputProblem for sound no talk is recorded in."""
    if channels > MAX_CHANNELS:
        raise InputProblem(Problem.TOO_MANY_CHANNELS, f"{channels} channels")
    if sample_rate not in SAMPLE_RATES or channels < 1:
        raise InputProblem(Problem.FORMAT_NOT_ACCEPTED, f"{sample_rate} Hz, {channels} channels")
