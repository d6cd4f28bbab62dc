from __future__ import annotations

import asyncio

import pytest
from django.conf import settings
from pytest_django import Settings
from redis.asyncio import Redis
from redis.exceptions import RedisError

from ai.breaker import FAILURES, Breaker
from metrics_app.alerts.breakers import open_breakers
from metrics_app.alerts.readings import Evidence, api_errors
from metrics_app.models import Alert
from metrics_app.windows import Window
from tests.metrics_app.alerts.sights import HEALTHY, MINUTE, NOW, calls, short, told_at
from tests.ports import free_port


def failed(model: str, times: int, *, then_succeeded: bool = False) -> None:
    """Through the breaker that calls go through."""

    async def fail() -> None:
        async with Redis.from_url(settings.REDIS_URL) as redis:
            breaker = Breaker(redis, f"ai:breaker:0123456789abcdef:{model}")
            for _ in range(times):
                await breaker.failed()
            if then_succeeded:
                await breaker.succeeded()

    asyncio.run(fail())


def test_names_the_models_that_are_left_alone() -> None:
    failed("gpt-5.4", FAILURES)
    failed("ollama/llama:8b", FAILURES)
    failed("small", FAILURES - 1)
    failed("back", FAILURES, then_succeeded=True)
    assert open_breakers() == ["gpt-5.4", "ollama/llama:8b"]


def test_a_redis_that_is_away_is_said_to_be(settings: Settings) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    with pytest.raises(RedisError):
        open_breakers()


@pytest.mark.django_db
def test_a_server_that_is_left_alone_is_told_whatever_the_sample() -> None:
    failed("gpt-5.4", FAILURES)
    told_at(NOW, HEALTHY)
    (told,) = told_at(NOW + MINUTE, HEALTHY)
    assert short([told]) == [("model_api", "critical", "opened")]
    assert told.finding == (
        "Calls to gpt-5.4 are paused: 10 in a row failed. At most one every 15 seconds is sent, to "
        "see whether the server is back."
    )


@pytest.mark.django_db
def test_without_redis_the_calls_tell_alone(settings: Settings) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    calls(10, outcome="timeout")
    reading = api_errors(Evidence(Window.last(15, NOW), HEALTHY))
    assert (reading.value, reading.sample, reading.blind) == (1.0, 10, True)


@pytest.mark.django_db
def test_without_redis_nobody_knows_that_calls_are_sent_again(settings: Settings) -> None:
    failed("gpt-5.4", FAILURES)
    told_at(NOW, HEALTHY)
    told_at(NOW + MINUTE, HEALTHY)
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    calls(20, at=NOW)
    assert told_at(NOW + 2 * MINUTE, HEALTHY) == told_at(NOW + 3 * MINUTE, HEALTHY) == []
    assert Alert.objects.get().closed_at is None
