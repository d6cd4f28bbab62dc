from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from speechcoach import redis_server
from tests.acceptance import chromium, system
from tests.acceptance.browsing import PATIENCE_MS

if TYPE_CHECKING:  # pytest reads this file before Django knows its models
    from accounts_app.models import User


class OwnRedis:
    """A Redis of one test, to be stopped and started in it."""

    def __init__(self, folder: Path) -> None:
        self._socket = folder / "redis" / "redis.sock"
        self.url = f"unix://{self._socket}"
        redis_server.prepare(self._socket)
        self.start()

    def start(self) -> None:
        self._server = subprocess.Popen(
            redis_server.command(redis_server.find_server(), self._socket)
        )
        redis_server.wait_until_ready(self.url, 20)

    def stop(self) -> None:
        self._server.kill()
        self._server.wait()


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a path short enough for a socket."""
    path = Path(tempfile.mkdtemp(prefix="speechcoach-"))
    yield path
    shutil.rmtree(path)


@pytest.fixture
def own_redis(folder: Path) -> Iterator[OwnRedis]:
    server = OwnRedis(folder)
    yield server
    server.stop()


@pytest.fixture
def speaker(transactional_db: None, django_user_model: type[User]) -> User:
    """Somebody who signed up already, so that no demo talk is made."""
    return django_user_model.objects.create_user("speaker@example.com", "correct horse battery")


@pytest.fixture
def running(
    live_env: dict[str, str], own_redis: OwnRedis, folder: Path, speaker: User
) -> Iterator[system.System]:
    started = system.start({**live_env, "REDIS_URL": own_redis.url}, folder)
    yield started
    started.stop()


@pytest.fixture
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable(), args=["--no-sandbox"]
        )
        yield browser
        browser.close()
