"""One call at a time for one question, in all processes, so that nobody pays for it twice."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from redis.asyncio import Redis
from redis.asyncio.lock import Lock
from redis.exceptions import LockError, RedisError

from ai.errors import Unavailable
from ai.questions import Deadline

LOCK_SECONDS = 10.0  # after a kill the next one goes on that soon
RENEW_SECONDS = 3.0  # three chances within the life of the lock
POLL_SECONDS = 0.1

logger = logging.getLogger(__name__)


@asynccontextmanager
async def single_flight(redis: Redis, key: str, deadline: Deadline) -> AsyncIterator[None]:
    """Inside, nobody else is inside with the same `key`; look for a kept answer first.

    Raises `Unavailable` when another one is inside until the deadline. Without Redis, or after it
    forgot the lock, there may be two: that costs money, and spoils nothing.
    """
    lock = Lock(redis, key, timeout=LOCK_SECONDS, sleep=POLL_SECONDS, thread_local=False)
    if not await _acquired(lock, deadline):
        yield
        return
    landed = asyncio.Event()
    renewing = asyncio.create_task(_renew(lock, landed))
    try:
        yield
    finally:
        landed.set()
        await asyncio.wait({renewing})
        with suppress(RedisError):
            await lock.release()


async def _acquired(lock: Lock, deadline: Deadline) -> bool:
    """`False` when Redis is away."""
    try:
        held = await lock.acquire(blocking_timeout=deadline.remaining)
    except RedisError:
        logger.warning("Redis is away: a question may be asked twice")
        return False
    if not held:
        raise Unavailable("another process asks the same until the deadline")
    return True


async def _renew(lock: Lock, landed: asyncio.Event) -> None:
    """Told to end by `landed` and never cancelled: redis-py sends within `asyncio.wait_for`, which
    in Python 3.11 may swallow a cancellation, and then this would go on for ever.
    """
    while not await _set_within(landed, RENEW_SECONDS):
        try:
            await lock.reacquire()
        except LockError:
            return  # Redis forgot it: another one may be inside
        except RedisError:
            continue  # away for now; it may be back while the lock lives


async def _set_within(event: asyncio.Event, seconds: float) -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
    return event.is_set()
