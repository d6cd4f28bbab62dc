"""What no arrangement can exceed, in closed form."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.capacity.limit import MINUTE, Limits
from benchmarks.capacity.talk import Talk

HOUR = 3600.0
WORKERS, REQUESTS, TOKENS = "workers", "requests", "tokens"


@dataclass(frozen=True, slots=True)
class Bound:
    """Talks in an hour, and what it is that allows no more."""

    per_hour: float
    by: str


def bound(workers: int, talk: Talk, limits: Limits) -> Bound:
    found = [Bound(workers * HOUR / talk.seconds, WORKERS)]
    if talk.calls:
        found.append(Bound(limits.requests / talk.calls * HOUR / MINUTE, REQUESTS))
    if talk.tokens:
        found.append(Bound(limits.tokens / talk.tokens * HOUR / MINUTE, TOKENS))
    return min(found, key=lambda each: each.per_hour)
