from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
import redis as blocking
from django.conf import settings
from redis.asyncio import Redis

from ai import flight
from ai.errors import Unavailable
from ai.flight import single_flight
from ai.questions import Deadline
from speechcoach import redis_server
from tests.ai.redis_loop import NOWHERE, with_redis

KEY = "flight:question"
HOLD = """
import asyncio, sys
from ai import flight
from ai.questions import Deadline
from redis.asyncio import Redis
async def main():
    async with (
        Redis.from_url(sys.argv[1]) as redis,
        flight.single_flight(redis, sys.argv[2], Deadline.after(9)),
    ):
        print("inside", flush=True)
        await asyncio.sleep(60)
asyncio.run(main())
"""


def test_one_at_a_time_is_inside(redis_url: str) -> None:
    inside: list[int] = []
    passed: list[int] = []

    async def fly(redis: Redis, number: int) -> None:
        async with single_flight(redis, KEY, Deadline.after(60)):
            inside.append(number)
            await asyncio.sleep(0.01)
            assert inside == [number]
            inside.clear()
            passed.append(number)

    async def work(redis: Redis) -> None:
        async with Redis.from_url(redis_url) as other:
            await asyncio.gather(*(fly((redis, other)[n % 2], n) for n in range(6)))

    with_redis(redis_url, work)
    assert sorted(passed) == [0, 1, 2, 3, 4, 5]


def test_other_questions_do_not_wait(redis_url: str) -> None:
    async def work(redis: Redis) -> None:
        async with (
            single_flight(redis, KEY, Deadline.after(5)),
            single_flight(redis, "flight:other", Deadline.after(0)),
        ):
            pass

    with_redis(redis_url, work)


def test_who_waits_gives_up_at_the_deadline(redis_url: str) -> None:
    async def work(redis: Redis) -> None:
        async with single_flight(redis, KEY, Deadline.after(5)):
            with pytest.raises(Unavailable):
                async with single_flight(redis, KEY, Deadline.after(0.2)):
                    pytest.fail("two are inside")

    with_redis(redis_url, work)


def test_an_error_inside_lets_the_next_one_in(redis_url: str) -> None:
    async def work(redis: Redis) -> None:
        with pytest.raises(ZeroDivisionError):
            async with single_flight(redis, KEY, Deadline.after(5)):
                _ = 1 / 0
        async with single_flight(redis, KEY, Deadline.after(0)):
            pass

    with_redis(redis_url, work)


def test_who_is_cancelled_lets_the_next_one_in(redis_url: str) -> None:
    async def work(redis: Redis) -> None:
        entered = asyncio.Event()

        async def stay() -> None:
            async with single_flight(redis, KEY, Deadline.after(5)):
                entered.set()
                await asyncio.sleep(60)

        staying = asyncio.create_task(stay())
        await entered.wait()
        staying.cancel()
        with pytest.raises(asyncio.CancelledError):
            await staying
        async with single_flight(redis, KEY, Deadline.after(0)):
            pass
        assert asyncio.all_tasks() == {asyncio.current_task()}

    with_redis(redis_url, work)


def test_the_lock_is_renewed_while_the_call_runs(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flight, "LOCK_SECONDS", 10)
    monkeypatch.setattr(flight, "RENEW_SECONDS", 0.2)

    async def work(redis: Redis) -> None:
        async with asyncio.timeout(20), single_flight(redis, KEY, Deadline.after(5)):
            for _ in range(3):  # not just once
                assert await redis.pexpire(KEY, 5_000)
                while await redis.pttl(KEY) <= 6_000:
                    await asyncio.sleep(0.02)

    with_redis(redis_url, work)


def test_leaving_while_the_lock_is_renewed_takes_no_time(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flight, "RENEW_SECONDS", 0.0005)

    async def work(redis: Redis) -> None:
        for n in range(100):  # some leave in the middle of a command
            async with asyncio.timeout(20), single_flight(redis, KEY, Deadline.after(5)):
                await asyncio.sleep(0.0005 * (1 + n % 7) + 0.00001 * n)
        assert asyncio.all_tasks() == {asyncio.current_task()}
        assert not await redis.exists(KEY)

    with_redis(redis_url, work)


def test_a_killed_holder_is_followed_by_the_next_one(redis_url: str) -> None:
    command = [sys.executable, "-c", HOLD, redis_url, KEY]
    holder = subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "inside\n"
    holder.kill()
    holder.wait(20)

    async def work(redis: Redis) -> None:
        assert 0 < await redis.pttl(KEY) <= flight.LOCK_SECONDS * 1000
        await redis.pexpire(KEY, 300)  # the rest has passed
        async with single_flight(redis, KEY, Deadline.after(20)):
            pass

    with_redis(redis_url, work)


def test_a_killed_holder_is_gone_within_ten_seconds() -> None:
    assert flight.LOCK_SECONDS <= 10
    assert flight.RENEW_SECONDS < flight.LOCK_SECONDS / 3


def test_a_lock_that_redis_forgot_spoils_nothing(
    redis_url: str, redis_client: blocking.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flight, "RENEW_SECONDS", 0.01)

    async def work(redis: Redis) -> None:
        async with single_flight(redis, KEY, Deadline.after(5)):
            redis_client.delete(KEY)
            async with single_flight(redis, KEY, Deadline.after(0)):
                await asyncio.sleep(0.1)
            assert not redis_client.exists(KEY)

    with_redis(redis_url, work)


def test_without_redis_everybody_flies() -> None:
    async def work(redis: Redis) -> None:
        async with (
            single_flight(redis, KEY, Deadline.after(1)),
            single_flight(redis, KEY, Deadline.after(1)),
        ):
            pass

    with_redis(NOWHERE, work)


def test_a_redis_that_dies_meanwhile_spoils_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flight, "RENEW_SECONDS", 0.01)
    socket = tmp_path / "redis" / "redis.sock"
    redis_server.prepare(socket)
    server = subprocess.Popen(redis_server.command(redis_server.find_server(), socket))
    redis_server.wait_until_ready(f"unix://{socket}", seconds=20)

    async def work(redis: Redis) -> str:
        async with single_flight(redis, KEY, Deadline.after(5)):
            server.kill()
            server.wait(20)
            await asyncio.sleep(0.1)
            return "an answer"

    assert with_redis(f"unix://{socket}", work) == "an answer"
