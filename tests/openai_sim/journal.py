"""Every request there was, and what is owed for them."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from tests.openai_sim.prices import Usage, cost, shown


@dataclass(slots=True)
class Entry:
    """Times are seconds since the epoch. `body` is what was asked, shown only one by one, and
    `question` stands for it: the same for the same. `project` is whose budget the client says it
    is; `retry_after` seconds, where it was told to come back.
    """

    id: int
    path: str
    start: float
    end: float | None = None
    purpose: str = ""
    model: str = ""
    status: int | None = None
    fault: str | None = None
    usage: Usage = field(default_factory=Usage)
    streamed: bool = False
    complete: bool = False  # answered with a 200 to the last byte: this is what is billed
    disconnected: bool = False  # the client left before
    body: object = None
    question: str = ""
    project: str = ""
    retry_after: float | None = None

    @property
    def cost(self) -> Decimal | None:
        """Dollars; `None` for a model without a price."""
        return cost(self.model, self.usage if self.complete else Usage())

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "path": self.path,
            "purpose": self.purpose,
            "model": self.model,
            "start": self.start,
            "end": self.end,
            "status": self.status,
            "fault": self.fault,
            "tokens_in": self.usage.input,
            "tokens_cached": self.usage.cached,
            "tokens_out": self.usage.output,
            "audio_seconds": self.usage.audio_seconds,
            "cost": None if self.cost is None else shown(self.cost),
            "streamed": self.streamed,
            "complete": self.complete,
            "disconnected": self.disconnected,
            "question": self.question,
            "project": self.project,
            "retry_after": self.retry_after,
        }


@dataclass(slots=True)
class Journal:
    entries: list[Entry] = field(default_factory=list)
    _last_id: int = 0

    def begin(self, path: str) -> Entry:
        self._last_id += 1
        entry = Entry(self._last_id, path, time.time())
        self.entries.append(entry)
        return entry

    def bill(self) -> dict[str, object]:
        """Exact sums; models without a price apart, with the number of their answers."""
        sums: dict[str, Decimal] = defaultdict(Decimal)
        unpriced: dict[str, int] = defaultdict(int)
        for entry in self.entries:
            if not entry.complete or not entry.model:
                continue
            if entry.cost is None:
                unpriced[entry.model] += 1
            else:
                sums[entry.model] += entry.cost
        return {
            "total_usd": shown(sum(sums.values(), Decimal(0))),
            "models": {model: shown(amount) for model, amount in sums.items()},
            "not_billable": dict(unpriced),
        }
