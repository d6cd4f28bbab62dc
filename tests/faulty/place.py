"""Where it happens: a Redis, and an empty database."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from speechcoach import redis_server
from tests.environment import REDIS_SOCKET, REDIS_URL
from tests.faulty import pace
from tests.faulty.plan import Plan

STARTING = 20.0  # seconds


@contextmanager
def place(plan: Plan) -> Iterator[None]:
    """Without caps on spending, and without the vectors for which nobody waits."""
    pace.hurry(plan.scale)
    settings.AI_USER_DAILY_USD = settings.AI_DAILY_USD = settings.AI_MODEL_EMBEDDING = ""
    redis_server.prepare(REDIS_SOCKET)
    redis = subprocess.Popen(redis_server.command(redis_server.find_server(), REDIS_SOCKET))
    try:
        redis_server.wait_until_ready(REDIS_URL, STARTING)
        if connection.vendor == "postgresql":
            _create(str(connection.settings_dict["NAME"]))
        call_command("migrate", verbosity=0)
        yield
    finally:
        connection.close()
        redis.terminate()
        redis.wait(timeout=STARTING)


def _create(name: str) -> None:
    with connection._nodb_cursor() as cursor:  # as Django's own tests do
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)}")
