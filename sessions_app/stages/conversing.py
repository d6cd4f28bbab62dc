"""One stretch of conversation with the model: an event loop, a client, and a watch on the run."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from ai.client import Client
from sessions_app.stages.context import Check, ModelAccess

CHECK_SECONDS = 0.5

T = TypeVar("T")


def converse(
    access: ModelAccess, check: Check, work: Callable[[Client], Coroutine[Any, Any, T]]
) -> T:
    """The result of `work`. What `check` raises ends it: calls in flight are cancelled."""
    return asyncio.run(_converse(access, check, work))


async def _converse(
    access: ModelAccess, check: Check, work: Callable[[Client], Coroutine[Any, Any, T]]
) -> T:
    async with Client(access.config, access.subject, access.books()) as client:
        return await _watched(asyncio.create_task(work(client)), check)


async def _watched(task: asyncio.Task[T], check: Check) -> T:
    try:
        while not task.done():
            await asyncio.wait({task}, timeout=CHECK_SECONDS)
            await asyncio.to_thread(check)
    except BaseException:
        await _ended(task)
        raise
    return task.result()


async def _ended(task: asyncio.Task[T]) -> None:
    """Cancelled more than once: `asyncio.wait_for` of Python 3.11 may swallow a cancellation, and
    what comes of the work is nobody's any more.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=CHECK_SECONDS)
    if not task.cancelled():
        task.exception()
