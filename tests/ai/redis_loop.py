"""An event loop with a connection to Redis."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from redis.asyncio import Redis

T = TypeVar("T")

NOWHERE = "unix:///nowhere/redis.sock"


def with_redis(url: str, work: Callable[[Redis], Awaitable[T]]) -> T:
    """The result of `work` in an event loop of its own."""

    async def connected() -> T:
        async with Redis.from_url(url) as redis:
            return await work(redis)

    return asyncio.run(connected())
