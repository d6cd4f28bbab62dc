"""One attempt: sent, read, and written down whatever becomes of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Generic, TypeVar

from ai.bookkeeping import Bookkeeper
from ai.calls import Call, Reply, Server
from ai.config import Config
from ai.errors import (
    ModelError,
    Outcome,
    QuotaExhausted,
    RateLimited,
    Rejected,
    ServerFailed,
    TimedOut,
    TooLong,
    Unreached,
)
from ai.ledger import CallRecord
from ai.prices import cost
from ai.purse import Purse
from ai.questions import Deadline
from ai.receipt import NOTHING, Receipt
from ai.usage import Usage

R = TypeVar("R")
T = TypeVar("T")
Met = ModelError | Usage  # what an answer consumed, whatever it said

# Errors by which a server says that it did nothing; after any other one nobody knows
NOT_BILLED = (RateLimited, ServerFailed, QuotaExhausted, TooLong, Rejected, Unreached)


@dataclass(frozen=True, slots=True)
class Exchange(Generic[R, T]):
    """`tell` lets all processes know what this one met."""

    call: Call[R, T]
    config: Config
    keeper: Bookkeeper
    receipt: Receipt
    purse: Purse
    deadline: Deadline
    tell: Callable[[Met], Awaitable[None]]

    async def answer(self, server: Server) -> T:
        """Raises `ModelError`."""
        try:
            reply = await self._reply(server)
        except ModelError as error:
            try:
                await self.tell(error)  # before the books, for others are about to ask
            finally:
                billed = not isinstance(error, NOT_BILLED)
                await self._note(error.outcome, error.detail, billed=billed)
            raise
        except asyncio.CancelledError:
            late = not self.deadline.remaining
            await self._note(Outcome.TIMEOUT if late else Outcome.CANCELLED)
            raise
        usage = self.call.usage(reply.body)
        try:
            return await self._read(reply, usage)
        finally:
            await self.tell(usage)

    async def _reply(self, server: Server) -> Reply[R]:
        seconds = min(self.config.attempt_seconds, self.deadline.remaining)
        try:
            async with asyncio.timeout(seconds):
                return await self.call.send(server)
        except TimeoutError:
            raise TimedOut("nothing complete in time") from None

    async def _read(self, reply: Reply[R], usage: Usage) -> T:
        price = self._cost(usage)
        self.purse.spent = self.purse.most if price is None else price
        try:
            answer = self.call.read(reply.body)
        except ModelError as error:  # of no use, and paid all the same
            await self._record(
                self.receipt.closed(error.outcome, error.detail, usage, price, reply.first_token_ms)
            )
            raise
        await self._keep(
            answer, self.receipt.closed(Outcome.OK, "", usage, price, reply.first_token_ms)
        )
        return answer

    async def _note(self, outcome: Outcome, detail: str = "", *, billed: bool = True) -> None:
        """An attempt without a reply. What the server has read counts against the caps."""
        at_least = self._cost(replace(self.call.expected, tokens_out=0)) if billed else NOTHING
        self.purse.spent = at_least or NOTHING
        price = NOTHING if at_least == 0 else None
        await self._record(self.receipt.closed(outcome, detail, Usage(), price))

    async def _record(self, record: CallRecord) -> None:
        await self.keeper.do(self.keeper.books.record, record)

    async def _keep(self, answer: T, record: CallRecord) -> None:
        days = self.config.answer_days
        if days > 0:
            books, text = self.keeper.books, self.call.dump(answer)
            await self.keeper.do(books.keep, self.call.key, text, days, record)
        else:
            await self._record(record)

    def _cost(self, usage: Usage) -> Decimal | None:
        return cost(self.call.label.model, usage, self.config.prices)
