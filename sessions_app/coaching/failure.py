"""Why a branch of the hybrid has no result."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import TypeVar

from ai.errors import GiveUp, ModelError, TryLater
from ai.questions import Deadline

LIMIT = "limit"

GRACE_SECONDS = 0.25
"""For the client to end its call itself at the deadline and to write down how it ended."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Failure:
    """`reason` is an `ai.errors.Outcome`, or "limit". `away`: the model may be back later.
    `final`: the same question would get the same answer."""

    reason: str
    detail: str = ""
    away: bool = False
    final: bool = False
    retry_after: float | None = None


async def outcome_of(work: Awaitable[T], deadline: Deadline) -> T | Failure:
    """The result of `work`, or why there is none. Raises nothing that a model can cause."""
    try:
        async with asyncio.timeout(deadline.remaining + GRACE_SECONDS):
            return await work
    except TimeoutError:
        return Failure(LIMIT, "not answered in time")
    except TryLater as error:
        if deadline.remaining == 0:
            return Failure(LIMIT, str(error))
        return Failure(error.outcome, error.detail, away=True, retry_after=error.retry_after)
    except ModelError as error:
        return Failure(error.outcome, error.detail, final=isinstance(error, GiveUp))


def worst(failures: list[Failure]) -> Failure | None:
    """The one that says most about what to do next: no time, then no model, then the rest."""
    ranked = sorted(failures, key=lambda failure: (failure.reason != LIMIT, not failure.away))
    return ranked[0] if ranked else None
