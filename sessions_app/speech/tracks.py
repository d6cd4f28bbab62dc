"""Evenly spaced measurements along a recording."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Track:
    """Value `i` describes the `hop_ms` milliseconds starting at `i * hop_ms`.

    `None` means that nothing could be measured there (pitch of an unvoiced stretch).
    """

    hop_ms: int
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the recording, `start_ms` inclusive, `end_ms` exclusive."""

    start_ms: int
    end_ms: int
