"""Stops asking a server that is down, in all processes at once."""

from __future__ import annotations

from contextlib import suppress

from redis.asyncio import Redis
from redis.exceptions import RedisError

from ai.errors import Unavailable

FAILURES = 10  # in a row: more than one unlucky call can bring with all its attempts
OPEN_SECONDS = 15  # a server that restarts takes 10 to 30 s; asking it then costs one attempt
FORGET_SECONDS = 600  # failures further apart are not one outage

# KEYS: state. ARGV: failures that open, milliseconds it stays open.
# Gives the milliseconds to keep away, 0 for go on, and 1 for who goes on while it is open, the
# probe: the next one goes so much later, also when this one never comes back.
BEFORE = """
local failures = tonumber(redis.call('HGET', KEYS[1], 'failures') or 0)
if failures < tonumber(ARGV[1]) then
    return {0, 0}
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local wait = redis.call('HGET', KEYS[1], 'until') - now
if wait > 0 then
    return {wait, 0}
end
redis.call('HSET', KEYS[1], 'until', string.format('%.0f', now + ARGV[2]))
return {0, 1}
"""

# As above, and the milliseconds after which failures are forgotten.
# Only the failure that opens sets the time: those of calls sent before do not prolong it.
FAILED = """
local failures = redis.call('HINCRBY', KEYS[1], 'failures', 1)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
if failures == tonumber(ARGV[1]) then
    local time = redis.call('TIME')
    local now = time[1] * 1000 + math.floor(time[2] / 1000)
    redis.call('HSET', KEYS[1], 'until', string.format('%.0f', now + ARGV[2]))
end
"""


class Breaker:
    """Closed, it lets everybody through; open, one call in `open_seconds`, to see.

    While Redis is away it is closed.
    """

    def __init__(self, redis: Redis, key: str, *, open_seconds: float = OPEN_SECONDS) -> None:
        self._redis = redis
        self._key = key
        self._limits = [FAILURES, int(open_seconds * 1000), FORGET_SECONDS * 1000]
        self._before = redis.register_script(BEFORE)
        self._failed = redis.register_script(FAILED)

    async def before(self) -> bool:
        """Ask before every attempt; whether it is the probe. Raises `Unavailable` while the server
        is left alone.
        """
        wait = probe = 0
        with suppress(RedisError):
            wait, probe = await self._before(keys=[self._key], args=self._limits)
        if wait:
            raise Unavailable("the server failed many times in a row", retry_after=wait / 1000)
        return bool(probe)

    async def failed(self) -> None:
        """The server did not answer, or with an error of its own."""
        with suppress(RedisError):
            await self._failed(keys=[self._key], args=self._limits)

    async def succeeded(self) -> None:
        """The server answered, whatever it said."""
        with suppress(RedisError):
            await self._redis.delete(self._key)
