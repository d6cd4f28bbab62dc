"""The books' own thread: they block, and what has begun in them is finished."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from ai.ledger import Books

P = ParamSpec("P")
T = TypeVar("T")


class Bookkeeper:
    """One thread, so that the books need no lock and a database one connection."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="books")

    async def do(self, entry: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """An entry that was ordered is made even when nobody waits for it any more."""
        ordered = self._thread.submit(entry, *args, **kwargs)
        return await asyncio.shield(asyncio.wrap_future(ordered))

    async def close(self) -> None:
        try:
            await self.do(self.books.close)
        finally:
            self._thread.shutdown(wait=False)
