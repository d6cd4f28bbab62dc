"""What all processes together may send to one server in a minute.

A call is given the moment at which it may go, one after the other in the order of asking, so
nobody starves. Redis keeps per bound one moment, up to which the bound is spoken for (the
theoretical arrival time of the generic cell rate algorithm), and its clock is everybody's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil, floor

from redis.asyncio import Redis
from redis.exceptions import RedisError

from ai.config import Budget
from ai.errors import ConnectionFailed, OverBudget, Unavailable
from ai.questions import Deadline

WINDOW_SECONDS = 60.0
BURST = 0.04  # of a bound, sent at once after a rest; the steady rate is that much lower
MARGIN = 1 / 30  # of the window: calls sent apart may reach the server that much closer together

# KEYS: state, pause. ARGV: longest wait; then per bound its name, what the call costs, its burst.
# All in microseconds. Gives {1, wait} and speaks for the moment, or {0, wait} when that is too
# long. A call may start `burst` before its bound is free, and holds it for its cost from then on.
RESERVE = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local start = now + math.max(0, redis.call('PTTL', KEYS[2])) * 1000
for i = 2, #ARGV, 3 do
    local taken = tonumber(redis.call('HGET', KEYS[1], ARGV[i]) or 0)
    start = math.max(start, taken + ARGV[i + 1] - ARGV[i + 2])
end
if start - now > tonumber(ARGV[1]) then
    return {0, start - now}
end
local last = start
for i = 2, #ARGV, 3 do
    local taken = tonumber(redis.call('HGET', KEYS[1], ARGV[i]) or 0)
    local free = math.max(taken, start) + ARGV[i + 1]
    redis.call('HSET', KEYS[1], ARGV[i], string.format('%.0f', free))
    last = math.max(last, free)
end
if #ARGV > 1 then  -- a bound that rested for two minutes knows no more than a new one
    redis.call('PEXPIREAT', KEYS[1], string.format('%.0f', last / 1000 + 120000))
end
return {1, start - now}
"""

# KEYS: state. ARGV: microseconds, below zero to give back. A bound at rest has nothing to settle.
SETTLE = """
if redis.call('HEXISTS', KEYS[1], 'tokens') == 1 then
    redis.call('HINCRBY', KEYS[1], 'tokens', ARGV[1])
end
"""

# KEYS: pause. ARGV: milliseconds. Never shortens a longer pause.
PAUSE = """
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then
    redis.call('SET', KEYS[1], 1, 'PX', ARGV[1])
end
"""


class SharedBudget:
    """The budget of `key`, shared by every process that names the same key and Redis.

    In no `window` (seconds) of calls sent are a bound's units exceeded: within t seconds at most
    burst + t / unit of them start, where `unit` is the time each one takes up. What was set aside
    and not used is given to others (`settle`): then by no more than the calls had too much that
    were under way when the window began.
    """

    def __init__(
        self, redis: Redis, key: str, budget: Budget, *, window: float = WINDOW_SECONDS
    ) -> None:
        self._redis = redis
        self._budget = budget
        self._window = window
        self._keys = [f"{key}:taken", f"{key}:pause"]
        self._reserve = redis.register_script(RESERVE)
        self._settle = redis.register_script(SETTLE)
        self._pause = redis.register_script(PAUSE)

    async def acquire(self, tokens: int, deadline: Deadline) -> bool:
        """Wait until one request with so many tokens may be sent, and count it as sent; whether
        there was anything to wait for.

        Raises `Unavailable` at once when that moment is after the deadline, `OverBudget` when it
        never comes, and `ConnectionFailed` when Redis, and with it the budget, is away.
        """
        waited = False
        while wait := await self.reserve(tokens, deadline.remaining):
            waited = True
            await asyncio.sleep(wait)
            if not await self._paused():
                break
        return waited

    async def reserve(self, tokens: int, within: float) -> float:
        """Seconds until the call has to be sent, which counts as sent from now on.

        `within` is the longest wait in seconds. Raises as `acquire` does.
        """
        arguments = [part for bound in self._bounds(tokens) for part in bound]
        with self._redis_needed():
            reserved, wait = await self._reserve(
                keys=self._keys, args=[floor(within * 1e6), *arguments]
            )
            if not reserved:
                raise Unavailable("no room in the budget before the deadline", wait / 1e6)
            return float(wait / 1e6)
        return 0.0

    async def settle(self, tokens: int, used: int) -> None:
        """Count a call that was counted with `tokens` as those it has `used`."""
        limit = self._budget.tokens
        if limit is None or tokens == used:
            return
        microseconds = round((used - tokens) * self._unit(limit))
        with self._redis_needed():
            await self._settle(keys=self._keys[:1], args=[microseconds])

    async def pause(self, seconds: float) -> None:
        """Nobody sends for so long, such as after a 429; a longer pause stays as it is."""
        with self._redis_needed():
            await self._pause(keys=self._keys[1:], args=[max(1, ceil(seconds * 1000))])

    async def _paused(self) -> bool:
        with self._redis_needed():
            return bool(await self._redis.pttl(self._keys[1]) > 0)  # 0 is its last moment
        return False

    def _bounds(self, tokens: int) -> Iterator[tuple[str, int, int]]:
        """Name, cost of the call and burst, in microseconds, of every bound that concerns it."""
        for name, limit, units in (
            ("requests", self._budget.requests, 1),
            ("tokens", self._budget.tokens, tokens),
        ):
            if limit is None or units == 0:
                continue
            if units > limit:
                raise OverBudget(f"{units} {name} in one call, {limit} allowed in a minute")
            unit = self._unit(limit)
            yield name, ceil(units * unit), floor(_burst(limit) * unit)

    def _unit(self, limit: int) -> float:
        """Microseconds that one unit takes up: strictly fewer than limit - burst + 1 of them fit
        into a window beside the burst.
        """
        return self._window * (1 + MARGIN) * 1e6 / (limit - _burst(limit) + 1)

    @contextmanager
    def _redis_needed(self) -> Iterator[None]:
        """Without Redis nobody knows what others send; a budget without bounds does not ask."""
        try:
            yield
        except RedisError as error:
            if self._budget.requests is not None or self._budget.tokens is not None:
                raise ConnectionFailed("Redis is away, and the budget with it") from error


def _burst(limit: int) -> int:
    return max(1, int(limit * BURST))
