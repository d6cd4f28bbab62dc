"""A Speech Coach as `manage.py up` installs it: Redis, scheduler, web and workers of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.core.management import call_command
from django.db import connection

from accounts_app.models import User
from tests.acceptance import system
from tests.acceptance.system import System
from tests.chaos.plan import Plan
from tests.environment import DATA_DIR
from tests.factories import UserFactory

SPEAKERS: Final = 10
NO_CAPS: Final = {"AI_USER_DAILY_USD": "", "AI_DAILY_USD": ""}
"""What a killed process had set aside stays so until midnight, and there are many of them here."""


class NotEmpty(RuntimeError):
    """The database has somebody's talks in it."""


@contextmanager
def installation(plan: Plan, model_url: str) -> Iterator[System]:
    """On a database that is made ready. Raises `NotEmpty`."""
    prepare()
    own = {"REDIS_URL": "", "OPENAI_BASE_URL": model_url, **NO_CAPS}
    running = system.start({**os.environ, **own}, DATA_DIR, plan.pace)
    try:
        yield running
    finally:
        running.stop()


def prepare() -> None:
    """The database, with speakers, so that no demo talk is made. Raises `NotEmpty`."""
    if connection.vendor == "postgresql":
        _prepare_database(str(connection.settings_dict["NAME"]))
    call_command("migrate", verbosity=0)
    if User.objects.exists():
        raise NotEmpty("DATABASE_URL names a database that is in use: give an empty one.")
    UserFactory.create_batch(SPEAKERS)
    connection.close()


def speakers() -> list[User]:
    return list(User.objects.order_by("pk"))


def _prepare_database(name: str) -> None:
    """There, and with commits that outlive a crash: servers made for tests are told otherwise."""
    quoted = connection.ops.quote_name(name)
    with connection._nodb_cursor() as cursor:  # as Django's own tests do
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {quoted}")
        cursor.execute(f"ALTER DATABASE {quoted} SET synchronous_commit = on")
