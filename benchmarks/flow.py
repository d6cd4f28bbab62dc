"""One talk through one flow: what it took, what was called, and what was our own time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

TRANSCRIPTION = "transcription"
EMBEDDINGS = "embeddings"
ABUTTING = 0.02  # seconds by which a call may seem to begin before the end of the one it follows


@dataclass(frozen=True, slots=True)
class Call:
    """Times in seconds since the epoch. `usd` is `None` for a model without a price."""

    purpose: str
    model: str
    start: float
    end: float
    tokens_in: int = 0
    tokens_cached: int = 0
    tokens_out: int = 0
    audio_seconds: int = 0
    usd: Decimal | None = Decimal(0)

    @property
    def seconds(self) -> float:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Flow:
    """`began` since the epoch, `wall` and `provisional` in seconds from there.

    `stages`: seconds of each stage; empty for a flow that has none.
    """

    name: str
    began: float
    wall: float
    provisional: float | None
    calls: tuple[Call, ...]
    stages: Mapping[str, float] = field(default_factory=dict)

    @property
    def awaited(self) -> tuple[Call, ...]:
        """Those that the report waited for: embeddings may come after it."""
        return tuple(call for call in self.calls if call.start < self.began + self.wall)

    @property
    def transcription(self) -> float:
        """Seconds of the longest request with audio."""
        return max((call.seconds for call in self.awaited if _hears(call)), default=0.0)

    @property
    def chain(self) -> float:
        """Seconds of the longest chain of other calls, each begun after the end of another."""
        return longest_chain(call for call in self.awaited if not _hears(call))

    @property
    def own(self) -> float:
        """What the report took beyond the calls on its critical path."""
        return self.wall - self.transcription - self.chain

    @property
    def usd(self) -> Decimal | None:
        prices = [call.usd for call in self.calls]
        known = [price for price in prices if price is not None]
        return sum(known, Decimal(0)) if len(known) == len(prices) else None

    @property
    def longest_piece(self) -> int:
        """Seconds of audio in the longest request."""
        return max((call.audio_seconds for call in self.calls), default=0)

    def total(self, name: str) -> int:
        """Of `tokens_in`, `tokens_cached` or `tokens_out`."""
        return sum(getattr(call, name) for call in self.calls)


def longest_chain(calls: Iterable[Call]) -> float:
    ordered = sorted(calls, key=lambda call: call.end)
    best: list[tuple[float, float]] = []  # end of a chain, its seconds
    for call in ordered:
        before = (length for end, length in best if end <= call.start + ABUTTING)
        best.append((call.end, call.seconds + max(before, default=0.0)))
    return max((length for _, length in best), default=0.0)


def _hears(call: Call) -> bool:
    return call.purpose == TRANSCRIPTION
