from __future__ import annotations

import asyncio
import threading
from decimal import Decimal

import pytest

from ai.bookkeeping import Bookkeeper
from ai.config import Caps
from ai.errors import SpendCapReached
from ai.memory import MemoryBooks
from ai.purse import purse_of

CAPS = Caps(owner=Decimal(1))
OWNER = 7


def spend(books: MemoryBooks, most: Decimal | None, spent: Decimal, caps: Caps = CAPS) -> Decimal:
    """What is set aside while it is being spent."""

    async def spending() -> Decimal:
        keeper = Bookkeeper(books)
        try:
            async with purse_of(keeper, OWNER, most, caps) as purse:
                purse.spent = spent
                return books.spent(OWNER)
        finally:
            await keeper.close()

    return asyncio.run(spending())


def test_what_is_set_aside_is_replaced_by_what_was_spent() -> None:
    books = MemoryBooks()
    assert spend(books, Decimal("0.8"), Decimal("0.3")) == Decimal("0.8")
    assert books.spent(OWNER) == Decimal("0.3")


def test_nothing_is_opened_beyond_the_cap() -> None:
    books = MemoryBooks()
    with pytest.raises(SpendCapReached):
        spend(books, Decimal("1.1"), Decimal(0))
    assert books.spent(OWNER) == 0


def test_without_price_or_caps_nothing_is_counted() -> None:
    books = MemoryBooks()
    spend(books, None, Decimal(0))
    spend(books, Decimal(5), Decimal(5), caps=Caps())
    assert books.spent(OWNER) == 0


def test_who_is_cancelled_while_money_is_set_aside_gives_it_back() -> None:
    books, free = MemoryBooks(), threading.Event()

    async def cancelled() -> None:
        keeper = Bookkeeper(books)
        busy = asyncio.create_task(keeper.do(free.wait))

        async def opening() -> None:
            async with purse_of(keeper, OWNER, Decimal(1), CAPS):
                raise AssertionError("cancelled before")

        task = asyncio.create_task(opening())
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.sleep(0)
        free.set()
        await asyncio.wait({task, busy})
        assert task.cancelled()
        await keeper.close()

    asyncio.run(cancelled())
    assert books.spent(OWNER) == 0
