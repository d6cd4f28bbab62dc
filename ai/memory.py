"""Books that last as long as their process: for the command line, and for tests."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from ai.ledger import CallRecord

ALL = -1  # of everybody together


class MemoryBooks:
    """`ai.ledger.Books`; may be looked into while nobody calls."""

    def __init__(self) -> None:
        self.records: list[CallRecord] = []
        self.opened = self.closed = False
        self._answers: dict[tuple[int | None, str], tuple[str, datetime]] = {}
        self._spent: dict[tuple[date, int | None], Decimal] = defaultdict(Decimal)

    def record(self, call: CallRecord) -> None:
        self.records.append(call)

    def keep(self, key: str, answer: str, days: int, call: CallRecord) -> None:
        expires = datetime.now(UTC) + timedelta(days=days)
        self._answers[call.subject.owner_id, key] = answer, expires
        self.records.append(call)

    def find(self, owner_id: int | None, key: str) -> str | None:
        answer, expires = self._answers.get((owner_id, key), (None, None))
        return answer if expires and expires > datetime.now(UTC) else None

    def reserve(
        self, owner_id: int | None, usd: Decimal, *, owner_cap: Decimal | None, cap: Decimal | None
    ) -> bool:
        for who, most in ((owner_id, owner_cap), (ALL, cap)):
            if most is not None and self.spent(who) + usd > most:
                return False
        self._add(owner_id, usd)
        return True

    def settle(self, owner_id: int | None, *, reserved: Decimal, spent: Decimal) -> None:
        self._add(owner_id, spent - reserved)

    def open(self) -> None:
        self.opened = True

    def close(self) -> None:
        self.closed = True

    def spent(self, owner_id: int | None = ALL) -> Decimal:
        """US dollars today (UTC), what is set aside included."""
        return self._spent[datetime.now(UTC).date(), owner_id]

    def _add(self, owner_id: int | None, usd: Decimal) -> None:
        today = datetime.now(UTC).date()
        for who in (owner_id, ALL):
            self._spent[today, who] += usd
