"""What a model's server allows in a minute, and what it says to more."""

from __future__ import annotations

import math
from dataclasses import dataclass

MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Limits:
    """In a minute; infinite unless given."""

    requests: float = math.inf
    tokens: float = math.inf


class Bucket:
    """Filled evenly, full after `burst` seconds: what a server that counts by the minute allows."""

    def __init__(self, per_minute: float, burst: float) -> None:
        self._rate = per_minute / MINUTE
        self._room = self._rate * burst
        self._level = self._room
        self._at = 0.0

    def seconds_until(self, amount: float, now: float) -> float:
        """0 where it is there. More than ever fits is allowed when the bucket is full."""
        if math.isinf(self._rate):
            return 0.0
        self._level = min(self._room, self._level + (now - self._at) * self._rate)
        self._at = now
        return max(0.0, (min(amount, self._room) - self._level) / self._rate)

    def take(self, amount: float) -> None:
        """Below empty, too: what comes after it waits for longer."""
        if not math.isinf(self._rate):
            self._level -= amount
