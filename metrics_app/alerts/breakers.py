"""Which models are left alone because their server failed many times in a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.conf import settings
from redis import Redis

from ai.breaker import FAILURES

KEYS: Final = "ai:breaker:"
SECONDS: Final = 2.0


def open_breakers() -> list[str]:
    """By the models' names; raises `RedisError` when Redis is away. A key that no call renews is
    forgotten by Redis after some minutes: then nobody knows whether the server is back."""
    with Redis.from_url(
        settings.REDIS_URL, socket_timeout=SECONDS, socket_connect_timeout=SECONDS, retry=None
    ) as redis:
        return sorted(set(_open(redis)))


def _open(redis: Redis) -> Iterator[str]:
    for key in redis.scan_iter(match=f"{KEYS}*", count=1000):
        if int(redis.hget(key, "failures") or 0) >= FAILURES:
            yield key.decode().removeprefix(KEYS).partition(":")[2]
