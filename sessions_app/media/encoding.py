"""Sound as a file of its own, for a server to transcribe.

The same samples make the same bytes: answers are kept by the hash of what was sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from io import BufferedIOBase
from typing import Final

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream

from sessions_app.media.resampling import SAMPLE_RATE, Samples


@dataclass(frozen=True, slots=True)
class _Encoder:
    codec: str
    sample_format: str
    bit_rate: int | None = None


# 70 s of speech are about 1.2 MB of FLAC, or 0.3 MB of mp3 at a rate usual for speech.
_ENCODERS: Final[Mapping[str, _Encoder]] = {
    "flac": _Encoder("flac", "s16"),
    "mp3": _Encoder("libmp3lame", "s16p", 32_000),
}


def encode(pcm: Iterable[bytes], format: str, target: BufferedIOBase) -> None:
    """Writes to `target`, which is empty and has room to look back.

    `pcm` is 16 kHz mono, little-endian int16, in parts however divided; `format` is "flac" or
    "mp3". Raises `OSError` of `target`.
    """
    encoder = _ENCODERS[format]
    # Without the encoder's version in the file, an update of it costs no kept answer.
    with av.open(target, "w", format=format, options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream(
            encoder.codec, rate=SAMPLE_RATE, layout="mono", format=encoder.sample_format
        )
        assert isinstance(stream, AudioStream)
        if encoder.bit_rate is not None:
            stream.bit_rate = encoder.bit_rate
        encoded = 0
        for part in filter(None, pcm):
            samples = np.frombuffer(part, dtype="<i2").astype(np.int16, copy=False)
            container.mux(stream.encode(_frame(samples, encoded, encoder.sample_format)))
            encoded += samples.size
        container.mux(stream.encode(None))


def _frame(block: Samples, start: int, sample_format: str) -> AudioFrame:
    frame = AudioFrame.from_ndarray(block[None, :], format=sample_format, layout="mono")
    frame.sample_rate = SAMPLE_RATE
    frame.time_base = Fraction(1, SAMPLE_RATE)
    frame.pts = start
    return frame
