"""Money set aside before it is spent, so that calls at once cannot pass a cap together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal

from ai.bookkeeping import Bookkeeper
from ai.config import Caps
from ai.errors import SpendCapReached
from ai.ledger import Books

NO_CAPS = Caps()


class Purse:
    """Of one attempt. `most` is what it may cost in US dollars, `spent` what it did."""

    def __init__(self, books: Books, owner_id: int | None, most: Decimal, caps: Caps) -> None:
        self.spent = Decimal(0)
        self.most = most
        self._books = books
        self._owner_id = owner_id
        self._caps = caps
        self._set_aside = False

    def set_aside(self) -> bool:
        caps = self._caps
        self._set_aside = self._books.reserve(
            self._owner_id, self.most, owner_cap=caps.owner, cap=caps.total
        )
        return self._set_aside

    def settle(self) -> None:
        """Comes after `set_aside` in the same thread, also when nobody waited for that."""
        if self._set_aside:
            self._books.settle(self._owner_id, reserved=self.most, spent=self.spent)


@asynccontextmanager
async def purse_of(
    keeper: Bookkeeper, owner_id: int | None, most: Decimal | None, caps: Caps
) -> AsyncIterator[Purse]:
    """Raises `SpendCapReached`. What has no known price cannot be capped."""
    purse = Purse(keeper.books, owner_id, most or Decimal(0), caps)
    if most is None or caps == NO_CAPS:
        yield purse
        return
    try:
        if not await keeper.do(purse.set_aside):
            raise SpendCapReached
        yield purse
    finally:
        await keeper.do(purse.settle)
