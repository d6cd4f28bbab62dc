from __future__ import annotations

import asyncio
import threading

import pytest

from ai.bookkeeping import Bookkeeper
from ai.memory import MemoryBooks


def test_all_entries_are_made_in_one_thread_that_is_not_the_loops() -> None:
    threads: set[int] = set()

    async def entries() -> None:
        keeper = Bookkeeper(MemoryBooks())
        for _ in range(5):
            threads.add(await keeper.do(threading.get_ident))
        await keeper.close()

    asyncio.run(entries())
    assert len(threads) == 1
    assert threading.get_ident() not in threads


def test_an_entry_is_made_although_nobody_waits_for_it_any_more() -> None:
    books, free = MemoryBooks(), threading.Event()
    made: list[str] = []

    async def cancelled() -> None:
        keeper = Bookkeeper(books)
        first = asyncio.create_task(keeper.do(free.wait))
        second = asyncio.create_task(keeper.do(made.append, "entry"))
        await asyncio.sleep(0)
        for task in (first, second):
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        free.set()
        await keeper.close()
        assert books.closed

    asyncio.run(cancelled())
    assert made == ["entry"]


def test_what_books_raise_reaches_the_caller() -> None:
    def broken() -> None:
        raise ZeroDivisionError

    async def entry() -> None:
        keeper = Bookkeeper(MemoryBooks())
        with pytest.raises(ZeroDivisionError):
            await keeper.do(broken)
        await keeper.close()

    asyncio.run(entry())
