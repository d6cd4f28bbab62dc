"""Talking to the model beside the run: an event loop with a client in a thread of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import replace
from types import TracebackType
from typing import Any, Self, TypeVar

from ai.client import Client
from sessions_app.stages.context import Check, ModelAccess

CHECK_SECONDS = 0.5

T = TypeVar("T")


class Conversation:
    """Of one run with the model: connections stay open from one stage to the next.

    Nothing is opened before it is needed. Leaving it cancels what is under way and closes the
    books.
    """

    def __init__(self, access: ModelAccess) -> None:
        self._access = access
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="conversation")
        self._opened: Future[tuple[asyncio.AbstractEventLoop, Client]] = Future()
        self._served: Future[None] | None = None
        self._over = asyncio.Event()
        self._tasks: set[asyncio.Task[Any]] = set()

    def open(self) -> None:
        """Returns at once; so that the first work need not wait for it."""
        if self._served is None:
            self._served = self._thread.submit(lambda: asyncio.run(self._serve()))

    def begin(self, work: Callable[[Client], Coroutine[Any, Any, T]]) -> Future[T]:
        """Returns at once."""
        self.open()
        loop, client = self._opened.result()
        return asyncio.run_coroutine_threadsafe(self._tracked(work(client)), loop)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._served is not None:
            if self._opened.exception() is None:
                self._opened.result()[0].call_soon_threadsafe(self._over.set)
            self._thread.shutdown()
            self._served.result()

    async def _serve(self) -> None:
        access = self._access
        try:
            async with Client(access.config, access.subject, access.books()) as client:
                self._opened.set_result((asyncio.get_running_loop(), client))
                await client.warm_up()
                await self._over.wait()
                await self._cancel()
        except BaseException as error:
            if not self._opened.done():
                self._opened.set_exception(error)
            raise

    async def _tracked(self, work: Coroutine[Any, Any, T]) -> T:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            return await work
        finally:
            self._tasks.discard(task)

    async def _cancel(self) -> None:
        """More than once: `asyncio.wait_for` of Python 3.11 may swallow a cancellation, and what
        comes of the work is nobody's any more.
        """
        while self._tasks:
            for task in self._tasks:
                task.cancel()
            await asyncio.wait(self._tasks, timeout=CHECK_SECONDS)


@contextmanager
def in_conversation(access: ModelAccess | None) -> Iterator[ModelAccess | None]:
    """The same access, with a conversation for all of the stages inside."""
    if access is None:
        yield None
        return
    with Conversation(access) as conversation:
        yield replace(access, conversation=conversation)


@contextmanager
def conversation_of(access: ModelAccess) -> Iterator[Conversation]:
    """The one that is open, or one of its own."""
    if access.conversation is not None:
        yield access.conversation
        return
    with Conversation(access) as conversation:
        yield conversation


def converse(
    access: ModelAccess, check: Check, work: Callable[[Client], Coroutine[Any, Any, T]]
) -> T:
    """The result of `work`. What `check` raises ends it: calls in flight are cancelled."""
    with conversation_of(access) as conversation:
        return awaited(conversation.begin(work), check)


def awaited(result: Future[T], check: Check) -> T:
    """What `check` raises cancels what is waited for."""
    try:
        while not wait({result}, CHECK_SECONDS).done:
            check()
        return result.result()
    finally:
        result.cancel()  # does nothing to what is done
