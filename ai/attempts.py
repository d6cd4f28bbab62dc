"""The one loop in which calls are made: found, or sent until there is an end to it."""

from __future__ import annotations

import asyncio
import random
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from redis.asyncio import Redis

from ai.bookkeeping import Bookkeeper
from ai.breaker import Breaker
from ai.budget import SharedBudget
from ai.calls import Call, Server
from ai.config import Config
from ai.errors import (
    ConnectionFailed,
    ModelError,
    RateLimited,
    ServerFailed,
    TimedOut,
    Unavailable,
)
from ai.exchange import Exchange, Met
from ai.flight import single_flight
from ai.ledger import Subject
from ai.mapping import FormatRefused
from ai.prices import cost
from ai.purse import Purse, purse_of
from ai.questions import Deadline
from ai.receipt import Receipt
from ai.retry import Stop, Tries, decide
from ai.usage import Usage

R = TypeVar("R")
T = TypeVar("T")

LONGEST_PAUSE = 60.0  # seconds; who has to wait for longer may ask now and then
AWAY = (ServerFailed, ConnectionFailed, TimedOut)  # what the breaker counts


@dataclass(frozen=True, slots=True)
class Attempts:
    """At one endpoint, on behalf of one subject. `name` tells endpoints apart in Redis."""

    name: str
    server: Server
    config: Config
    subject: Subject
    keeper: Bookkeeper
    redis: Redis
    room: asyncio.Semaphore  # calls at once

    async def answer(self, call: Call[R, T], deadline: Deadline) -> T:
        """Raises `ModelError`."""
        try:
            async with asyncio.timeout(deadline.remaining):
                return await self._found_or_sent(call, deadline)
        except TimeoutError:
            raise Unavailable("no answer before the deadline") from None

    async def _found_or_sent(self, call: Call[R, T], deadline: Deadline) -> T:
        if self.config.answer_days <= 0:
            return await self._sent(call, deadline)
        flight = f"ai:flight:{self.subject.owner_id}:{call.key}"
        async with single_flight(self.redis, flight, deadline):
            found = await self._found(call)
            return found if found is not None else await self._sent(call, deadline)

    async def _found(self, call: Call[R, T]) -> T | None:
        receipt, books = Receipt(self.subject, call.label), self.keeper.books
        text = await self.keeper.do(books.find, self.subject.owner_id, call.key)
        if text is None:
            return None
        try:
            answer = call.load(text)
        except ValueError:  # kept by a version of ours that wrote it differently
            return None
        await self.keeper.do(books.record, receipt.found())
        return answer

    async def _sent(self, call: Call[R, T], deadline: Deadline) -> T:
        tries = Tries()
        while True:
            try:
                return await self._attempt(call, tries.attempts, deadline)
            except ModelError as error:
                if isinstance(error, FormatRefused) and call.has_plainer_format():
                    continue  # it was the wrong way to ask, and no attempt
                step = decide(error, tries, deadline.remaining, random.random())  # noqa: S311
                if isinstance(step, Stop):
                    raise step.error from None
                tries = tries.after(error)
            await asyncio.sleep(step.seconds)

    async def _attempt(self, call: Call[R, T], number: int, deadline: Deadline) -> T:
        budget = SharedBudget(self.redis, f"ai:budget:{self.name}", self.config.budget)
        breaker = Breaker(self.redis, f"ai:breaker:{self.name}:{call.label.model}")
        async with self.room, AsyncExitStack() as until_settled:
            asked = Receipt(self.subject, call.label, number)
            try:
                purse = await until_settled.enter_async_context(self._purse(call))
                probe = await breaker.before()  # first: a closed door costs no budget
                if await budget.acquire(call.expected.tokens, deadline) and not probe:
                    await breaker.before()  # it may have been closed meanwhile
            except ModelError as refusal:  # by our own cap, breaker or budget
                await self.keeper.do(self.keeper.books.record, asked.not_sent(refusal))
                raise
            receipt = Receipt(self.subject, call.label, number)
            tell = partial(_tell, budget, breaker, call.expected.tokens)
            exchange = Exchange(call, self.config, self.keeper, receipt, purse, deadline, tell)
            return await exchange.answer(self.server)

    def _purse(self, call: Call[R, T]) -> AbstractAsyncContextManager[Purse]:
        most = cost(call.label.model, call.expected, self.config.prices)
        return purse_of(self.keeper, self.subject.owner_id, most, self.config.caps)


async def _tell(budget: SharedBudget, breaker: Breaker, reserved: int, met: Met) -> None:
    """All processes learn what this one met, which had so many tokens set aside."""
    if isinstance(met, AWAY):
        await breaker.failed()
        return
    with suppress(ConnectionFailed):  # without Redis each one learns for itself
        if isinstance(met, RateLimited) and met.retry_after:
            await budget.pause(min(met.retry_after, LONGEST_PAUSE))
        if isinstance(met, Usage) and met.is_known:
            await budget.settle(reserved, met.tokens)
    await breaker.succeeded()
