"""The best of several values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sessions_app.speech.baseline import MIN_TALKS

MIN_SPEAKING_MS = 60_000
"""Shorter talks are left out: a single "um" less in half a minute would be a best."""


@dataclass(frozen=True, slots=True)
class Best:
    """`at` is the last place where the best was reached, `times` how often it was."""

    at: int
    times: int


def best_of(merits: Sequence[float]) -> Best | None:
    """The more merit, the better. `None` with fewer than `MIN_TALKS`: the better of two is no
    achievement yet."""
    if len(merits) < MIN_TALKS:
        return None
    most = max(merits)
    reached = [at for at, merit in enumerate(merits) if merit == most]
    return Best(reached[-1], len(reached))
