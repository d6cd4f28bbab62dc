"""One record per attempt at a call, and the books that keep them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from ai.errors import Outcome


@dataclass(frozen=True, slots=True)
class Subject:
    """On whose behalf a call is made. `about` is what the run works on, such as a talk:
    answers kept for it go when it is deleted.
    """

    owner_id: int | None
    run_kind: str
    run_id: UUID | None = None
    about: UUID | None = None


@dataclass(frozen=True, slots=True)
class CallRecord:
    """`None` is unknown, never 0. A kept answer used again costs nothing: `cache_hit`."""

    record_id: UUID
    subject: Subject
    purpose: str
    model: str
    prompt_version: str
    attempt: int
    outcome: Outcome
    started_at: datetime
    detail: str = ""
    tokens_in: int | None = None
    tokens_cached: int | None = None
    tokens_out: int | None = None
    audio_ms: int | None = None
    cost_usd: Decimal | None = None
    latency_ms: int | None = None
    first_token_ms: int | None = None
    cache_hit: bool = False


class Books(Protocol):
    """Plain blocking calls, made from one thread that is not the event loop's."""

    def record(self, call: CallRecord) -> None:
        """Keep the record of an attempt that brought no answer, or of an answer found."""

    def keep(self, key: str, answer: str, days: int, call: CallRecord) -> None:
        """Keep a paid answer and its record in one transaction, so neither is without the other."""

    def find(self, owner_id: int | None, key: str) -> str | None:
        """The owner's kept answer, `None` when there is none or it is too old."""

    def reserve(
        self, owner_id: int | None, usd: Decimal, *, owner_cap: Decimal | None, cap: Decimal | None
    ) -> bool:
        """Set money aside before it is spent; `False` when a cap of the day would be passed."""

    def settle(self, owner_id: int | None, *, reserved: Decimal, spent: Decimal) -> None:
        """Replace what was set aside by what was spent."""

    def open(self) -> None:
        """Get ready ahead of the first entry. What is away now is no failure yet."""

    def close(self) -> None:
        """Let go of what the thread holds; called in it, last of all."""
