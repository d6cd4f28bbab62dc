"""The ground of every test: its own folder, database and Redis, and nothing of the user's."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from urllib.parse import quote

import pytest
import redis
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from speechcoach import redis_server
from speechcoach.shared_cache import OWN
from tests.environment import DATA_DIR, OWN_SETTINGS, REDIS_SOCKET, REDIS_URL

pytest_plugins = ["tests.bucket_server", "tests.simulator"]

# A busy machine is slow, and nothing else: no example fails for the time it takes.
hypothesis_settings.register_profile("unhurried", deadline=None)
hypothesis_settings.load_profile("unhurried")


def pytest_unconfigure() -> None:
    shutil.rmtree(DATA_DIR, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if connection.vendor == "postgresql":
        return
    others = [item for item in items if item.get_closest_marker("postgresql")]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if item not in others]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """SQLite as a file, so that other processes see the very same rows."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(DATA_DIR / "test.sqlite3")
    request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Without the tables of waffle's own flag, which ours replaces: with them in its way
    PostgreSQL cannot empty the table of users after a test.
    """
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in ("waffle_flag_users", "waffle_flag_groups", "waffle_flag"):
            cursor.execute(f"DROP TABLE IF EXISTS {table}")


@pytest.fixture(scope="session", autouse=True)
def redis_url() -> Iterator[str]:
    """The address of a real Redis of this test process alone."""
    redis_server.prepare(REDIS_SOCKET)
    server = subprocess.Popen(redis_server.command(redis_server.find_server(), REDIS_SOCKET))
    try:
        redis_server.wait_until_ready(REDIS_URL, seconds=20)
        yield REDIS_URL
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def redis_client(redis_url: str) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(redis_url) as client:
        yield client


@pytest.fixture(autouse=True)
def clean_redis_and_cache(redis_client: redis.Redis) -> Iterator[None]:
    """No test sees another's jobs or rate limits."""
    yield
    redis_client.flushall()
    caches[OWN].clear()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """No test goes on in the language a page of the last one was in."""
    yield
    translation.deactivate()


@pytest.fixture
def live_env(transactional_db: None, redis_url: str) -> dict[str, str]:
    """The environment in which `manage.py …` works on this test's database, Redis and files."""
    return {**os.environ, **OWN_SETTINGS, "DATABASE_URL": _database_url()}


def _database_url() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    login = quote(database["USER"], safe="")
    if database["PASSWORD"]:
        login += ":" + quote(database["PASSWORD"], safe="")
    host, port, name = database["HOST"], database["PORT"] or 5432, quote(database["NAME"], safe="")
    if host.startswith("/"):  # a folder with a socket, written as part of the path
        return f"postgres://{login}@:{port}/{host}/{name}"
    return f"postgres://{login}@{host}:{port}/{name}"
