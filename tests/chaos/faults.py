"""What befalls the servers that everything leans on."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import redis
from django.db import connection

from tests.acceptance.system import System
from tests.environment import REDIS_SOCKET, REDIS_URL


@dataclass(frozen=True, slots=True)
class Fault:
    """`takes_answers`: what arrives just then cannot be kept."""

    name: str
    strike: Callable[[System], None]
    takes_answers: bool = False


def _redis_gets(number: signal.Signals) -> Callable[[System], None]:
    """`up` starts it again."""

    def strike(system: System) -> None:
        for server in system.find(str(REDIS_SOCKET)):
            server.send_signal(number)

    return strike


def _flush(_: System) -> None:
    with redis.Redis.from_url(REDIS_URL) as client:
        client.flushall()


REDIS: Final = (
    Fault("Redis killed", _redis_gets(signal.SIGKILL)),
    Fault("Redis flushed", _flush),
    Fault("Redis restarted", _redis_gets(signal.SIGTERM)),
)


def _crash_postgres(_: System) -> None:
    """A server one of whose processes was killed ends all others, and recovers from its log."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity "
            "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() LIMIT 1"
        )
        (backend,) = cursor.fetchone()
    os.kill(backend, signal.SIGKILL)


POSTGRES: Final = (Fault("PostgreSQL crashed", _crash_postgres, takes_answers=True),) * 3
