"""What the ledger will say about one attempt."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from ai.calls import Label
from ai.errors import ModelError, Outcome
from ai.ledger import CallRecord, Subject
from ai.usage import Usage

MAX_DETAIL = 200  # characters the ledger has room for
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Begun when the attempt begins."""

    subject: Subject
    label: Label
    attempt: int = 1
    record_id: UUID = field(default_factory=uuid4)
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    clock: float = field(default_factory=time.monotonic)

    def closed(
        self,
        outcome: Outcome,
        detail: str,
        usage: Usage,
        cost: Decimal | None,
        first_token_ms: int | None = None,
    ) -> CallRecord:
        return replace(
            self._record(outcome, detail),
            tokens_in=usage.tokens_in,
            tokens_cached=usage.tokens_cached,
            tokens_out=usage.tokens_out,
            audio_ms=self.label.audio_ms,
            cost_usd=cost,
            latency_ms=self._passed_ms(),
            first_token_ms=first_token_ms,
        )

    def found(self) -> CallRecord:
        """A kept answer was used again."""
        return replace(
            self._record(Outcome.OK),
            tokens_in=0,
            tokens_cached=0,
            tokens_out=0,
            audio_ms=None if self.label.audio_ms is None else 0,
            cost_usd=NOTHING,
            latency_ms=self._passed_ms(),
            cache_hit=True,
        )

    def not_sent(self, refusal: ModelError) -> CallRecord:
        """Something of ours stood in the way: it took no time of the server and cost nothing."""
        return replace(self._record(refusal.outcome, refusal.detail), cost_usd=NOTHING)

    def _record(self, outcome: Outcome, detail: str = "") -> CallRecord:
        """What every record of the attempt says."""
        return CallRecord(
            record_id=self.record_id,
            subject=self.subject,
            purpose=self.label.purpose,
            model=self.label.model,
            prompt_version=self.label.prompt_version,
            attempt=self.attempt,
            outcome=outcome,
            started_at=self.started_at,
            detail=detail[:MAX_DETAIL],
        )

    def _passed_ms(self) -> int:
        return round((time.monotonic() - self.clock) * 1000)
