"""One talk through one flow: what it took, what was called, and what was our own time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
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
class Span:
    """A stage, or work that is not a model's. Times in seconds since the epoch."""

    name: str
    start: float
    end: float

    @property
    def seconds(self) -> float:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Flow:
    """`began` since the epoch, `wall` and `provisional` in seconds from there."""

    name: str
    began: float
    wall: float
    provisional: float | None
    calls: tuple[Call, ...]
    spans: tuple[Span, ...] = ()
    regenerated: bool = False

    @property
    def stages(self) -> dict[str, float]:
        """Seconds of each span."""
        return {span.name: span.seconds for span in self.spans}

    @property
    def without_calls(self) -> dict[str, float]:
        """Seconds of each span, and between them, in which no call was under way."""
        calls = [(call.start, call.end) for call in self.awaited]
        found = {span.name: uncovered(span.start, span.end, calls) for span in self.spans}
        whole = uncovered(self.began, self.began + self.wall, calls)
        return {**found, "between": whole - sum(found.values())}

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


def uncovered(start: float, end: float, others: Iterable[tuple[float, float]]) -> float:
    """How much of the time from `start` to `end` lies in none of the others."""
    left, at = 0.0, start
    for first, last in sorted(others):
        left += max(0.0, min(first, end) - at)
        at = max(at, min(last, end))
    return left + max(0.0, end - at)


def _hears(call: Call) -> bool:
    return call.purpose == TRANSCRIPTION
