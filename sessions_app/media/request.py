"""What the parent asks of the decoding child: descriptors and limits, no path and no secret."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class DecodeRequest:
    """`source_fd` is open for reading, `sound_fd` for writing FLAC, `copy_fd` for a copy of the
    source where players do not find their way in it. `samples_fd` is open for both: the bare
    samples (16 kHz mono, little-endian int16) go there first.
    """

    source_fd: int
    sound_fd: int
    copy_fd: int
    samples_fd: int
    max_seconds: int
    min_sound_ms: int
    memory_mb: int
    cpu_seconds: int

    def as_argument(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_argument(cls, argument: str) -> DecodeRequest:
        return cls(**json.loads(argument))
