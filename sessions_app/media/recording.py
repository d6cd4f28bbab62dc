"""What the child found out about a recording, in the shape it is sent to the parent."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recording:
    """Milliseconds, dBFS, Hz. Tracks have one value per `hop_ms` from the start.

    `claimed_ms` is what the header promised, `None` where it promised nothing that can be
    relied on. `broke_off` means that reading ended in an error instead of the end of the file.
    `copied`: players find their way in the copy, and in the source they did not.
    """

    container: str
    codec: str
    sample_rate: int
    channels: int
    duration_ms: int
    claimed_ms: int | None
    broke_off: bool
    decode_errors: int
    clipped: bool
    snr_db: float | None
    hop_ms: int
    loudness_dbfs: list[float]
    pitch_hz: list[float | None]
    speech_regions: list[tuple[int, int]]
    cut_points_ms: list[int]
    copied: bool = False
