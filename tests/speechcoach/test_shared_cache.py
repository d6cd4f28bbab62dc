from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache, caches
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from redis import Redis

from speechcoach.shared_cache import OWN, SharedCache
from tests.factories import PASSWORD, UserFactory

AWAY = "unix:///nowhere/redis.sock"
WRONG_PASSWORDS = """
import json, django
django.setup()
from django.test import Client
client = Client(SERVER_NAME="localhost")
form = {"login": "somebody@example.com", "password": "wrong"}
print(json.dumps([client.post("/accounts/login/", form).status_code for _ in range(4)]))
"""


@pytest.fixture
def redis_is_away(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """For this process, from its next question on."""
    changed = {**settings.CACHES["default"], "LOCATION": AWAY}
    settings.CACHES = {**settings.CACHES, "default": changed}
    monkeypatch.setattr(SharedCache, "_asked_again_at", 0.0)


def sign_in(client: Client, password: str, email: str = "somebody@example.com") -> int:
    form = {"login": email, "password": password}
    return client.post(reverse("account_login"), form).status_code


def test_it_does_what_a_cache_does(redis_client: Redis) -> None:
    assert cache.add("turn", [1.5], 60)
    assert not cache.add("turn", [2.5], 60)
    assert cache.get("turn") == [1.5]
    assert cache.touch("turn", 30)
    cache.set("turn", [3.5], 60)
    assert cache.get("turn") == [3.5]
    assert [key.decode() for key in redis_client.scan_iter("*turn*")] == ["limits:1:turn"]
    assert cache.delete("turn")
    assert cache.get("turn", "none") == "none"
    assert not cache.touch("turn", 30)


def test_it_is_not_emptied_with_the_queues(redis_client: Redis) -> None:
    redis_client.set("rq:queue", "there")
    with pytest.raises(NotImplementedError):
        cache.clear()
    assert redis_client.get("rq:queue") == b"there"


@pytest.mark.django_db(transaction=True)
def test_attempts_to_sign_in_are_counted_over_all_processes(
    live_env: dict[str, str],
) -> None:
    """Five in five minutes for one address: of another process four, of this one one."""
    done = subprocess.run(
        [sys.executable, "-c", WRONG_PASSWORDS],
        env={**live_env, "DEBUG": "true", "DJANGO_SETTINGS_MODULE": "speechcoach.settings"},
        cwd=settings.BASE_DIR, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout.splitlines()[-1]) == [200] * 4
    here = Client(SERVER_NAME="localhost")  # counted by site and address
    form = {"login": "somebody@example.com", "password": "wrong"}
    fifth, sixth = (here.post(reverse("account_login"), form).content.decode() for _ in range(2))
    assert "Too many" not in fifth
    assert "Too many" in sixth


@pytest.mark.django_db
@pytest.mark.usefixtures("redis_is_away")
def test_without_redis_people_sign_in_and_attempts_are_counted_here(client: Client) -> None:
    user = UserFactory.create()
    assert sign_in(client, PASSWORD, user.email) == 302
    answers = [
        Client().post(reverse("account_login"), {"login": "x@example.com", "password": "wrong"})
        for _ in range(6)
    ]
    assert "Too many" in answers[-1].content.decode()


@pytest.mark.usefixtures("redis_is_away")
def test_a_redis_that_is_away_is_not_asked_each_time(caplog: pytest.LogCaptureFixture) -> None:
    for number in range(20):
        cache.set(f"key-{number}", number)
    assert caches[OWN].get("key-19") == 19
    assert len(caplog.records) == 1


def test_a_redis_that_is_back_is_used_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, redis_client: Redis, tmp_path: Path
) -> None:
    monkeypatch.setattr(SharedCache, "_asked_again_at", 0.0)
    away = SharedCache(AWAY, {})
    away.set("counted", "here")
    assert cache.get("counted") == "here"  # of this process, which does not ask yet
    monkeypatch.setattr(SharedCache, "_asked_again_at", 0.0)
    assert cache.get("counted") is None
    cache.set("counted", "there")
    assert list(redis_client.scan_iter("*counted"))
