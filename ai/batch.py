"""Many items at once, each with an end of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from typing import Any, Protocol, TypeVar

from ai.errors import ModelError

K = TypeVar("K")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Work(Protocol[T_co]):
    """Starts nothing until it is called."""

    def __call__(self) -> Coroutine[Any, Any, T_co]: ...


async def gather_by_id(items: Mapping[K, Work[T]], limit: int) -> dict[K, T | ModelError]:
    """What became of each item, in the order of `items`; at most `limit` are under way at once.

    What an item raises beside `ModelError` is an error of ours: it ends all of them.
    """
    room = asyncio.Semaphore(limit)

    async def outcome(work: Work[T]) -> T | ModelError:
        async with room:
            try:
                return await work()
            except ModelError as error:
                return error

    tasks = [asyncio.create_task(outcome(work)) for work in items.values()]
    try:
        return dict(zip(items, await asyncio.gather(*tasks), strict=True))
    finally:
        await _end(tasks)


async def _end(tasks: list[asyncio.Task[T]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
