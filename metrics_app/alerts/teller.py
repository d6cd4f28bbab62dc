"""Which of several processes tells that the database is away: who leads is written there, and of
those that began without it each believes to.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Final
from uuid import uuid4

from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

KEY: Final = "alerts:database-teller"
LOOKS: Final = 3  # without a sign of life, after which another one tells
LONGEST_SECONDS: Final = 2.0

# KEYS: teller. ARGV: who asks, milliseconds. Whether it is who asks, now or again.
CLAIM: Final = """
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
"""
LEAVE: Final = "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end"


class Teller:
    def __init__(self) -> None:
        self._token = uuid4().hex

    def is_me(self) -> bool:
        """Also without Redis: to be told twice is better than never."""
        try:
            with _redis() as redis:
                lasting = int(LOOKS * settings.ALERT_SECONDS * 1000)
                return bool(redis.eval(CLAIM, 1, KEY, self._token, str(lasting)))
        except RedisError:
            return True

    def leave_it(self) -> None:
        """To the one that leads; else it ends by itself."""
        with suppress(RedisError), _redis() as redis:
            redis.eval(LEAVE, 1, KEY, self._token)


def _redis() -> Redis:
    return Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=LONGEST_SECONDS,
        socket_connect_timeout=LONGEST_SECONDS,
        retry=None,
    )
