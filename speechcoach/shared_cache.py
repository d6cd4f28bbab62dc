"""What all web processes count together: attempts to sign in, downloads under way.

It is in Redis. While that is away, each process goes on by itself, in its own memory: limits
are counted from the beginning and for one process, and nobody is kept from signing in.
docs/decisions/shared-limits.md says why.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, ClassVar, Final, TypeVar

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

OWN: Final = "own"
AWAY_SECONDS: Final = 5.0
"""Without asking again: a Redis that does not answer costs each question its timeout."""

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")


class SharedCache(BaseCache):
    """`LOCATION` and `OPTIONS` are those of Django's `RedisCache`."""

    _asked_again_at: ClassVar[float] = 0.0  # of the process: each thread has a cache of its own

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._redis = RedisCache(server, params)

    def add(
        self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: Any = None
    ) -> bool:
        return self._ask(lambda cache: cache.add(key, value, timeout, version))

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return self._ask(lambda cache: cache.get(key, default, version))

    def set(
        self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: Any = None
    ) -> None:
        self._ask(lambda cache: cache.set(key, value, timeout, version))

    def touch(self, key: Any, timeout: float | None = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        return self._ask(lambda cache: cache.touch(key, timeout, version))

    def delete(self, key: Any, version: Any = None) -> bool:
        return self._ask(lambda cache: cache.delete(key, version))

    def clear(self) -> None:
        """Refused: it would empty the Redis that the queues are in."""
        raise NotImplementedError

    def _ask(self, question: Callable[[BaseCache], Answer]) -> Answer:
        if time.monotonic() >= SharedCache._asked_again_at:
            try:
                return question(self._redis)
            except RedisError as problem:
                SharedCache._asked_again_at = time.monotonic() + AWAY_SECONDS
                logger.warning("Limits are counted in this process alone: %s", problem)
        return question(caches[OWN])
