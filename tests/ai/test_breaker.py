from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from ai.breaker import FAILURES, OPEN_SECONDS, Breaker
from ai.errors import Unavailable
from tests.ai.redis_loop import NOWHERE, with_redis

KEY = "breaker:https://api.example.org"


async def lets_through(breaker: Breaker) -> bool:
    try:
        await breaker.before()
    except Unavailable:
        return False
    return True


async def opened(redis: Redis) -> Breaker:
    breaker = Breaker(redis, KEY)
    for _ in range(FAILURES):
        await breaker.failed()
    return breaker


async def time_is_up(redis: Redis) -> None:
    """As though it had been open long enough."""
    await redis.hset(KEY, "until", 0)


@hypothesis_settings(max_examples=40, deadline=None)
@given(results=st.lists(st.sampled_from([True, False, False, False, False, False]), max_size=40))
def test_it_opens_at_ten_failures_in_a_row(redis_url: str, results: list[bool]) -> None:
    async def work(redis: Redis) -> None:
        await redis.delete(KEY)
        breaker = Breaker(redis, KEY)
        in_a_row = 0
        for succeeded in results:
            await (breaker.succeeded() if succeeded else breaker.failed())
            in_a_row = 0 if succeeded else in_a_row + 1
            assert await lets_through(breaker) == (in_a_row < 10)

    with_redis(redis_url, work)


def test_it_says_when_to_come_back(redis_url: str) -> None:
    async def work(redis: Redis) -> None:
        breaker = await opened(redis)
        with pytest.raises(Unavailable) as away:
            await breaker.before()
        assert 0 < (away.value.retry_after or 0) <= OPEN_SECONDS

    with_redis(redis_url, work)


def test_ten_failures_of_one_process_keep_every_other_away(redis_url: str) -> None:
    fail = (
        "import asyncio, sys\n"
        "from ai.breaker import Breaker\n"
        "from redis.asyncio import Redis\n"
        "async def main():\n"
        "    async with Redis.from_url(sys.argv[1]) as redis:\n"
        "        for _ in range(5): await Breaker(redis, sys.argv[2]).failed()\n"
        "asyncio.run(main())\n"
    )
    command = [sys.executable, "-c", fail, redis_url, KEY]

    async def work(redis: Redis) -> bool:
        return await lets_through(Breaker(redis, KEY))

    subprocess.run(command, cwd=settings.BASE_DIR, check=True)
    assert with_redis(redis_url, work)
    subprocess.run(command, cwd=settings.BASE_DIR, check=True)
    assert not with_redis(redis_url, work)


def test_of_all_that_ask_one_goes_to_see(redis_url: str) -> None:
    async def work(redis: Redis) -> None:
        await opened(redis)
        await time_is_up(redis)
        async with Redis.from_url(redis_url) as other:
            breakers = [Breaker(each, KEY) for each in (redis, other) for _ in range(10)]
            gone = await asyncio.gather(*(lets_through(breaker) for breaker in breakers))
        assert sum(gone) == 1

    with_redis(redis_url, work)


def test_a_success_of_the_probe_closes_it(redis_url: str) -> None:
    async def work(redis: Redis) -> None:
        breaker = await opened(redis)
        await time_is_up(redis)
        assert await breaker.before()  # the probe
        await breaker.succeeded()
        assert not await breaker.before()
        for _ in range(FAILURES - 1):
            await breaker.failed()
        assert await lets_through(breaker)

    with_redis(redis_url, work)


def test_a_failure_of_the_probe_opens_it_again(redis_url: str) -> None:
    async def work(redis: Redis) -> None:
        breaker = await opened(redis)
        await time_is_up(redis)
        await breaker.before()
        await breaker.failed()
        assert not await lets_through(breaker)
        await time_is_up(redis)
        assert await lets_through(breaker)

    with_redis(redis_url, work)


def test_a_probe_that_never_comes_back_is_followed_by_another(redis_url: str) -> None:
    async def work(redis: Redis) -> None:
        breaker = Breaker(redis, KEY, open_seconds=0.05)
        for _ in range(FAILURES):
            await breaker.failed()
        probes = 0
        async with asyncio.timeout(20):
            while probes < 3:
                probes += await lets_through(breaker)

    with_redis(redis_url, work)


def test_calls_that_were_under_way_do_not_prolong_it(redis_url: str) -> None:
    async def work(redis: Redis) -> None:
        breaker = await opened(redis)
        until = await redis.hget(KEY, "until")
        await breaker.failed()
        assert await redis.hget(KEY, "until") == until

    with_redis(redis_url, work)


def test_old_failures_are_forgotten(redis_url: str) -> None:
    async def work(redis: Redis) -> None:
        await Breaker(redis, KEY).failed()
        assert 0 < await redis.ttl(KEY) <= 600

    with_redis(redis_url, work)


def test_without_redis_it_is_closed() -> None:
    async def work(redis: Redis) -> None:
        breaker = await opened(redis)
        assert await lets_through(breaker)
        await breaker.succeeded()

    with_redis(NOWHERE, work)
