from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from django.conf import settings as settings_module
from django.db import connection
from django.utils import timezone
from pytest_django import Settings
from redis import Redis
from rq.queue import Queue

from ai.breaker import FAILURES
from ai.errors import Outcome
from metrics_app.health import health
from tests.deadline import eventually
from tests.environment import OWN_SETTINGS
from tests.metrics_app.recent import a_call

pytestmark = pytest.mark.django_db


@pytest.fixture
def silent_server() -> Iterator[int]:
    """The port of a server that takes connections and never says a word."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield server.getsockname()[1]


def test_all_is_well_where_all_answer() -> None:
    state = health()
    assert state.database.ok
    assert state.redis.ok
    assert state.database.ms is not None
    assert state.redis.ms is not None
    assert [queue.name for queue in state.queues] == ["default", "drafts", "bulk", "low"]


def test_a_redis_that_is_away_is_said_and_no_error(settings: Settings) -> None:
    settings.REDIS_URL = "unix:///nowhere/redis.sock?password=hidden"
    state = health()
    assert not state.redis.ok
    assert state.redis.ms is None
    assert state.queues == ()
    assert "hidden" not in state.redis.detail
    assert "nowhere" not in state.redis.detail
    assert state.database.ok


def test_a_redis_that_hangs_is_not_waited_for(
    settings: Settings, silent_server: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("metrics_app.health.LONGEST_SECONDS", 3.0)
    settings.REDIS_URL = f"redis://127.0.0.1:{silent_server}"
    state = health()
    assert not state.redis.ok
    assert state.database.ok


def test_a_database_that_hangs_is_not_waited_for(silent_server: int) -> None:
    """Also not by the end of the process."""
    code = "from metrics_app.health import health; print(health().database)"
    database = f"postgres://nobody@127.0.0.1:{silent_server}/none"
    asked = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
        env={**os.environ, **OWN_SETTINGS, "DATABASE_URL": database},
        cwd=settings_module.BASE_DIR, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert "ok=False" in asked.stdout
    assert "no answer within 2 s" in asked.stdout


def test_a_database_without_our_tables_is_not_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("metrics_app.models.Call._meta.db_table", "not_migrated")
    state = health()
    assert not state.database.ok
    assert state.database.ms is None
    assert not state.model_api.known
    assert state.redis.ok


if connection.vendor == "postgresql":  # SQLite counts no connections

    def test_no_connection_is_left_behind() -> None:
        before = connections()
        for _ in range(5):
            health()
        eventually(lambda: connections() <= before, what="all are closed")

    def connections() -> int:
        """PostgreSQL would tell the same all through a transaction."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            )
            return int(cursor.fetchone()[0])


def test_queues_say_what_waits(redis_client: Redis) -> None:
    job = Queue("default", connection=redis_client).enqueue("somebody.works")
    job.enqueued_at = timezone.now() - timedelta(seconds=90)
    job.save()
    Queue("default", connection=redis_client).enqueue("somebody.works")
    default, drafts, _bulk, _low = health().queues
    assert default.waiting == 2
    assert default.oldest_seconds == pytest.approx(90, abs=5)
    assert (drafts.waiting, drafts.oldest_seconds, drafts.workers) == (0, None, 0)


def test_of_models_nothing_is_known_while_nobody_asks_them() -> None:
    a_call(minutes_ago=6, outcome=Outcome.TIMEOUT)
    a_call(minutes_ago=1, cache_hit=True)
    model_api = health().model_api
    assert model_api.ok
    assert not model_api.known
    assert model_api.ms is None


def test_a_single_failure_of_a_few_calls_says_nothing() -> None:
    for number in range(9):
        a_call(1, outcome=Outcome.SERVER_ERROR if number < 5 else Outcome.OK)
    model_api = health().model_api
    assert model_api.ok
    assert not model_api.known
    assert model_api.detail == "5 of 9 calls failed in the last 5 minutes"


def test_a_model_that_is_left_alone_is_away_without_a_call(redis_client: Redis) -> None:
    redis_client.hset("ai:breaker:server:gpt-5.4", "failures", FAILURES)
    redis_client.hset("ai:breaker:server:gpt-5.4-mini", "failures", FAILURES - 1)
    model_api = health().model_api
    assert (model_api.ok, model_api.known) == (False, True)
    assert model_api.detail == "no calls are sent to gpt-5.4: it failed too often"


def test_without_redis_models_are_judged_by_their_calls(settings: Settings) -> None:
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    for _call in range(10):
        a_call(1, latency_ms=500)
    assert health().model_api.known


@pytest.mark.parametrize(("failed", "well"), [(0, True), (1, True), (2, False)])
def test_models_are_well_while_no_more_than_a_tenth_of_calls_fails(failed: int, well: bool) -> None:
    for number in range(10):
        a_call(1, outcome=Outcome.SERVER_ERROR if number < failed else Outcome.OK, latency_ms=500)
    model_api = health().model_api
    assert model_api.ok is well
    assert model_api.known
    assert model_api.ms == 500
    assert model_api.detail == f"{failed} of 10 calls failed in the last 5 minutes"


@pytest.mark.parametrize("outcome", [Outcome.SPEND_CAP, Outcome.UNAVAILABLE, Outcome.CANCELLED])
def test_what_we_did_not_let_happen_says_nothing_of_models(outcome: Outcome) -> None:
    for _call in range(10):
        a_call(1, outcome=outcome)
    assert not health().model_api.known


@pytest.mark.parametrize("outcome", [Outcome.MALFORMED, Outcome.REFUSED, Outcome.TRUNCATED])
def test_an_answer_of_no_use_is_an_answer(outcome: Outcome) -> None:
    for _call in range(10):
        a_call(1, outcome=outcome)
    assert health().model_api.ok
    assert health().model_api.known
