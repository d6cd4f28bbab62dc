"""A process that reserves, as fast as it can: `python -m tests.ai.reserving URL KEY TOKENS…`.

Says "ready" after its first call and goes on when it is told to. Prints a line for each call: the
earliest and the latest moment at which it may go, in microseconds of Redis' clock, and its tokens.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass

from redis.asyncio import Redis

from ai.budget import SharedBudget
from ai.config import Budget

BUDGET = Budget(requests=40, tokens=20_000)
HOURS = 36_000.0


@dataclass(frozen=True, slots=True)
class Sent:
    """When a call may go: exactly known but for the time the question to Redis took."""

    earliest: int
    latest: int
    tokens: int


async def reserve(redis: Redis, budget: SharedBudget, tokens: int) -> Sent:
    before = await moment(redis)
    wait = round(await budget.reserve(tokens, HOURS) * 1e6)
    return Sent(before + wait, await moment(redis) + wait, tokens)


async def moment(redis: Redis) -> int:
    seconds, microseconds = await redis.time()
    return int(seconds) * 1_000_000 + int(microseconds)


async def main(url: str, key: str, tokens: list[int]) -> None:
    async with Redis.from_url(url) as redis:
        budget = SharedBudget(redis, key, BUDGET)
        calls = [await reserve(redis, budget, tokens[0])]
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        calls += [await reserve(redis, budget, each) for each in tokens[1:]]
        for sent in calls:
            sys.stdout.write(f"{sent.earliest} {sent.latest} {sent.tokens}\n")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], [int(tokens) for tokens in sys.argv[3:]]))
