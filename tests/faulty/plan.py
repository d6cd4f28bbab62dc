"""How much of it, how often something goes wrong, and how fast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

KINDS: Final = (
    "429",
    "500",
    "503",
    "reset",
    "stall",
    "truncated_json",
    "wrong_schema",
    "refusal",
    "empty",
    "content_filter",
    "context_too_long",
)
"""Of the simulator's faults."""

SHARE: Final = 0.2
"""Of all requests; each kind has the same part of it."""

WHOLE: Final = 3_000
RETRY_AFTER: Final = 10.0  # seconds that a 429 asks for, before the time scale


@dataclass(frozen=True, slots=True)
class Plan:
    """`scale`: how long a second of waiting takes."""

    seed: int = 1
    sessions: int = WHOLE
    processes: int = 4
    scale: float = 0.05

    @property
    def rates(self) -> Mapping[str, float]:
        return dict.fromkeys(KINDS, SHARE / len(KINDS))
