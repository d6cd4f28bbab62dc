from __future__ import annotations

import json

import pytest
from django.test import Client
from pytest_django import Settings
from redis import Redis
from rq.worker import Worker


def worker_of(queue: str, redis: Redis) -> None:
    Worker([queue], connection=redis).register_birth()  # type: ignore[no-untyped-call]


def test_the_process_answers_without_database_and_redis(client: Client, settings: Settings) -> None:
    """There is no mark on this test that would let it reach the database."""
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
def test_ready_when_a_worker_waits_for_talks(client: Client, redis_client: Redis) -> None:
    worker_of("default", redis_client)
    response = client.get("/readyz")
    assert response.status_code == 200
    assert json.loads(response.content) == {
        "ready": True, "database": True, "redis": True, "queue": True,
    }  # fmt: skip


@pytest.mark.django_db
def test_not_ready_while_nobody_works_on_talks(client: Client, redis_client: Redis) -> None:
    worker_of("low", redis_client)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert json.loads(response.content)["queue"] is False


@pytest.mark.django_db
def test_not_ready_without_redis(client: Client, settings: Settings) -> None:
    settings.REDIS_URL = "redis://:secret@127.0.0.1:1"
    response = client.get("/readyz")
    assert response.status_code == 503
    assert json.loads(response.content) == {
        "ready": False, "database": True, "redis": False, "queue": False,
    }  # fmt: skip


@pytest.mark.django_db
def test_not_ready_without_the_database(
    client: Client, redis_client: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker_of("default", redis_client)
    monkeypatch.setattr("metrics_app.models.Call._meta.db_table", "not_migrated")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert json.loads(response.content)["database"] is False


@pytest.mark.django_db
def test_many_who_ask_are_one_look(client: Client, redis_client: Redis) -> None:
    assert client.get("/readyz").status_code == 503
    worker_of("default", redis_client)
    assert client.get("/readyz").status_code == 503  # within the second


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_a_check_from_within_is_not_sent_to_https(
    client: Client, settings: Settings, path: str
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(path).status_code in (200, 503)
    assert Client().get("/accounts/login/").status_code == 301


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_answers_are_kept_by_nobody_on_the_way(client: Client, path: str) -> None:
    assert "no-store" in client.get(path).headers["Cache-Control"]
