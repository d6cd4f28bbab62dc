"""Writes the samples as the FLAC every later stage reads."""

from __future__ import annotations

import os
from fractions import Fraction
from types import TracebackType
from typing import Self

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream

from sessions_app.media.resampling import SAMPLE_RATE, Samples
from sessions_app.media.storage import storage_problems


class _Sink:
    """The descriptor as PyAV writes to it.

    PyAV may lose what was raised in here and stumble over it when it closes. So the first error
    is kept for later, and everything after it disappears.
    """

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._refusal: OSError | None = None

    def write(self, data: bytes) -> int:
        rest = memoryview(data)
        try:
            while rest and self._refusal is None:
                rest = rest[os.write(self._fd, rest) :]
        except OSError as error:
            self._refusal = error
        return len(data)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return os.lseek(self._fd, offset, whence)

    def tell(self) -> int:
        return os.lseek(self._fd, 0, os.SEEK_CUR)

    def raise_refusal(self) -> None:
        with storage_problems():
            if self._refusal is not None:
                raise self._refusal


class FlacWriter:
    """16 kHz mono FLAC into an open descriptor.

    Raises StageProblem STORAGE when the disk takes no more, OSError for other failed writes.
    """

    def __init__(self, fd: int) -> None:
        self._sink = _Sink(fd)
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
