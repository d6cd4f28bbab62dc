"""Requests and tokens a minute: a sliding window, and when there is room again."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

WINDOW = 60.0  # seconds; of real time whatever the time scale


@dataclass(frozen=True, slots=True)
class _Use:
    at: float
    requests: int
    tokens: int


@dataclass(slots=True)
class Window:
    """What was let in during the last minute. Requests that were turned away do not count.

    Input tokens count when a request comes, output tokens when its answer is made.
    """

    rpm: int | None
    tpm: int | None
    clock: Callable[[], float] = time.monotonic
    _uses: deque[_Use] = field(default_factory=deque)

    def admit(self, tokens: int) -> float | None:
        """Let a request in and return `None`, or say in how many seconds it would be let in."""
        now = self.clock()
        self._forget(now)
        wait = max(self._requests_wait(now), self._tokens_wait(now, tokens))
        if wait > 0:
            return wait
        self._uses.append(_Use(now, 1, tokens))
        return None

    def spend(self, tokens: int) -> None:
        self._uses.append(_Use(self.clock(), 0, tokens))

    def clear(self) -> None:
        self._uses.clear()

    def _forget(self, now: float) -> None:
        while self._uses and self._uses[0].at <= now - WINDOW:
            self._uses.popleft()

    def _requests_wait(self, now: float) -> float:
        if self.rpm is None:
            return 0.0
        return self._wait(now, sum(use.requests for use in self._uses) + 1 - self.rpm, "requests")

    def _tokens_wait(self, now: float, tokens: int) -> float:
        if self.tpm is None:
            return 0.0
        return self._wait(now, sum(use.tokens for use in self._uses) + tokens - self.tpm, "tokens")

    def _wait(self, now: float, excess: int, unit: str) -> float:
        """Until so much has left the window that `excess` is gone; a whole window at most."""
        for use in self._uses:
            if excess <= 0:
                break
            excess -= getattr(use, unit)
            if excess <= 0:
                return use.at + WINDOW - now
        return WINDOW if excess > 0 else 0.0
