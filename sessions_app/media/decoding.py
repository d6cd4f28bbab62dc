"""Packets to samples, counting what could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet

from sessions_app.media.resampling import Block, Resampler, whole_seconds
from sessions_app.stages.problems import InputProblem, Problem

MIN_ERRORS: Final = 20
MAX_ERROR_SHARE: Final = 0.2
"""With a fifth of the packets unreadable, the pace of the rest is no longer the speaker's."""


@dataclass(slots=True)
class Tally:
    """Grows while the file is decoded."""

    packets: int = 0
    errors: int = 0
    broke_off: bool = False

    def refuse_damage(self) -> None:
        if self.errors > max(MIN_ERRORS, MAX_ERROR_SHARE * self.packets):
            raise InputProblem(Problem.DAMAGED, f"{self.errors} of {self.packets} packets")


def samples(container: InputContainer, stream: AudioStream, tally: Tally) -> Iterator[Block]:
    """16 kHz mono in blocks of a second. Raises InputProblem: DAMAGED and the Resampler's."""
    return whole_seconds(_pieces(container, stream, tally))


def _pieces(container: InputContainer, stream: AudioStream, tally: Tally) -> Iterator[Block]:
    resampler = Resampler()
    for frame in _frames(container, stream, tally):
        yield from resampler.push(frame)
    yield from resampler.flush()


def _frames(container: InputContainer, stream: AudioStream, tally: Tally) -> Iterator[AudioFrame]:
    for packet in _packets(container, stream, tally):
        tally.packets += 1
        try:
            yield from stream.decode(packet)
        except (MemoryError, EOFError):
            raise
        except av.error.FFmpegError:
            tally.errors += 1
            tally.refuse_damage()


def _packets(
    container: InputContainer, stream: AudioStream, tally: Tally
) -> Iterator[Packet[AudioStream] | None]:
    """Every packet, and `None` at the end of a broken file: the decoder's call to hand over."""
    try:
        yield from container.demux(stream)
    except MemoryError:
        raise
    except av.error.FFmpegError:
        tally.broke_off = True
        yield None
