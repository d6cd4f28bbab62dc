"""Writes the samples as the FLAC every later stage reads."""

from __future__ import annotations

from fractions import Fraction
from types import TracebackType
from typing import Self

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream

from sessions_app.media.resampling import SAMPLE_RATE, Samples
from sessions_app.media.sink import Sink


class FlacWriter:
    """16 kHz mono FLAC into an open descriptor.

    Raises StageProblem STORAGE when the disk takes no more, OSError for other failed writes.
    """

    def __init__(self, fd: int) -> None:
        self._sink = Sink(fd)
        self._container = av.open(self._sink, mode="w", format="flac")
        stream = self._container.add_stream("flac", rate=SAMPLE_RATE, layout="mono", format="s16")
        assert isinstance(stream, AudioStream)
        self._stream = stream
        self._written = 0

    def write(self, block: Samples) -> None:
        frame = AudioFrame.from_ndarray(block[None, :], format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        frame.time_base = Fraction(1, SAMPLE_RATE)
        frame.pts = self._written
        self._written += block.size
        self._container.mux(self._stream.encode(frame))
        self._sink.raise_refusal()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._container.mux(self._stream.encode(None))
        self._container.close()
        if kind is None:
            self._sink.raise_refusal()
