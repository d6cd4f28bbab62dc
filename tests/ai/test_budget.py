"""Starts of calls are compared as Redis gave them, so that a slow machine spoils no test."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import time
import uuid
from collections import deque
from collections.abc import Sequence

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from ai.budget import WINDOW_SECONDS, SharedBudget
from ai.config import Budget
from ai.errors import ConnectionFailed, OverBudget, Unavailable
from ai.questions import Deadline
from tests.ai.redis_loop import NOWHERE, with_redis
from tests.ai.reserving import BUDGET, HOURS, Sent, moment, reserve

MINUTE = 60_000_000  # microseconds


def new_key() -> str:
    return f"budget:{uuid.uuid4()}"


def most_in_a_minute(calls: Sequence[Sent]) -> tuple[int, int]:
    """Requests and tokens that surely fell into one minute, at most."""
    calls = sorted(calls, key=lambda sent: sent.latest)
    requests = tokens = first = inside = 0
    for place, last in enumerate(calls):
        inside += last.tokens
        while last.latest - calls[first].earliest > MINUTE:
            inside -= calls[first].tokens
            first += 1
        requests, tokens = max(requests, place - first + 1), max(tokens, inside)
    return requests, tokens


async def rest(redis: Redis, key: str, seconds: float) -> None:
    """Let time pass for the budget: all that is spoken for lies so much further back."""
    for name, taken in (await redis.hgetall(f"{key}:taken")).items():
        await redis.hset(f"{key}:taken", name, int(taken) - round(seconds * 1e6))


def starts(
    url: str, budget: Budget, arrivals: Sequence[tuple[int, float]], window: float = WINDOW_SECONDS
) -> list[Sent]:
    """When calls of so many tokens may go, each coming so many seconds after the one before."""

    async def work(redis: Redis) -> list[Sent]:
        key, passed, calls = new_key(), 0, []
        shared = SharedBudget(redis, key, budget, window=window)
        for tokens, later in arrivals:
            await rest(redis, key, later)
            passed += round(later * 1e6)
            sent = await reserve(redis, shared, tokens)
            calls.append(Sent(sent.earliest + passed, sent.latest + passed, tokens))
        return calls

    return with_redis(url, work)


@hypothesis_settings(max_examples=60, deadline=None)
@given(
    requests=st.none() | st.integers(1, 40),
    tokens=st.none() | st.integers(1, 2000),
    data=st.data(),
)
def test_no_minute_holds_more_than_the_budget(
    redis_url: str, requests: int | None, tokens: int | None, data: st.DataObject
) -> None:
    call = st.integers(0, tokens or 5000)
    pause = st.sampled_from([0.0, 0.0, 0.0, 0.5, 5.0, 30.0, 59.0, 61.0, 90.0])
    arrivals = data.draw(st.lists(st.tuples(call, pause), min_size=20, max_size=60))
    calls = starts(redis_url, Budget(requests, tokens), arrivals)
    most_requests, most_tokens = most_in_a_minute(calls)
    assert requests is None or most_requests <= requests
    assert tokens is None or most_tokens <= tokens


@pytest.mark.parametrize("budget", [Budget(requests=60), Budget(tokens=60_000)])
def test_most_of_the_budget_is_used_when_there_is_enough_to_do(
    redis_url: str, budget: Budget
) -> None:
    calls = starts(redis_url, budget, [(1000, 0.0)] * 200)
    minutes = (calls[-1].latest - calls[0].earliest) / MINUTE
    assert len(calls) / minutes > 0.9 * 60


def test_after_a_rest_some_go_at_once_and_the_others_one_by_one(redis_url: str) -> None:
    calls = starts(redis_url, Budget(requests=100), [(0, 0.0)] * 6, window=3600)
    waits = [(sent.earliest - calls[0].earliest) / 1e6 for sent in calls]
    assert max(waits[:4]) < 30
    assert 33 < waits[5] - waits[4] < 45  # 62 minutes for what the burst leaves of 100


def test_processes_together_never_exceed_the_budget(redis_url: str) -> None:
    key, chance = new_key(), random.Random(3)
    processes = []
    for _ in range(3):
        tokens = [str(chance.choice([1, 300, 2_500, 9_000])) for _ in range(150)]
        command = [sys.executable, "-m", "tests.ai.reserving", redis_url, key, *tokens]
        processes.append(
            subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    printed = [process.communicate(timeout=60)[0].splitlines() for process in processes]
    calls = [[Sent(*map(int, line.split())) for line in lines] for lines in printed]
    together = [sent for each in calls for sent in each]
    assert len(together) == 450
    assert ran_beside_each_other(calls)
    requests, tokens_sent = most_in_a_minute(together)
    assert requests <= (BUDGET.requests or 0)
    assert 0.8 * (BUDGET.tokens or 0) < tokens_sent <= (BUDGET.tokens or 0)


def ran_beside_each_other(calls: Sequence[Sequence[Sent]]) -> bool:
    return max(each[0].earliest for each in calls) < min(each[-1].earliest for each in calls)


def test_no_small_call_overtakes_a_large_one(redis_url: str) -> None:
    calls = starts(redis_url, Budget(tokens=1000), [(900, 0.0), (800, 0.0), *[(1, 0.0)] * 20])
    large, small = calls[1], calls[2:]
    assert all(sent.latest >= large.earliest for sent in small)
    assert large.earliest - calls[0].latest < 2 * MINUTE


def test_calls_really_wait_for_their_moment(redis_url: str) -> None:
    async def work(redis: Redis) -> list[float]:
        shared = SharedBudget(redis, new_key(), Budget(requests=10), window=1.0)
        begin, times = time.monotonic(), []

        async def call() -> None:
            await shared.acquire(0, Deadline.after(30))
            times.append(time.monotonic() - begin)

        await asyncio.gather(*(call() for _ in range(20)))
        return times

    for place, passed in enumerate(sorted(with_redis(redis_url, work))):
        assert passed >= place * 1.0 / 10 - 0.001  # seconds; Redis counts in whole microseconds


def test_a_moment_after_the_deadline_is_said_at_once_and_takes_nothing(redis_url: str) -> None:
    async def work(redis: Redis) -> None:
        shared = SharedBudget(redis, new_key(), Budget(tokens=1000))
        await shared.acquire(1000, Deadline.after(1))
        for _ in range(2):
            with pytest.raises(Unavailable) as refused:
                await shared.acquire(500, Deadline.after(20))
            assert 20 < (refused.value.retry_after or 0) < 100
        assert await shared.reserve(100, HOURS) < 70

    with_redis(redis_url, work)


@pytest.mark.parametrize("used", [100, 950])
def test_a_call_counts_as_what_it_has_used(redis_url: str, used: int) -> None:
    async def wait_after(redis: Redis, *settled: tuple[int, int]) -> float:
        shared = SharedBudget(redis, new_key(), Budget(tokens=1000))
        await shared.reserve(settled[0][0], HOURS)
        for tokens, instead in settled:
            await shared.settle(tokens, instead)
        return await shared.reserve(500, HOURS)

    async def work(redis: Redis) -> tuple[float, float]:
        return await wait_after(redis, (used, used)), await wait_after(redis, (600, used))

    exactly, settled = with_redis(redis_url, work)
    assert settled == pytest.approx(exactly, abs=1.0)


def test_a_minute_is_filled_by_calls_that_use_less_than_was_set_aside(redis_url: str) -> None:
    """Each one is under way for 6 s."""
    limit, most, used, under_way = 60_000, 1_333, 1_000, 6

    async def work(redis: Redis) -> list[Sent]:
        key, passed, calls, ends = new_key(), 0, [], deque[int]()
        shared = SharedBudget(redis, key, Budget(tokens=limit))
        for _ in range(250):
            sent = await reserve(redis, shared, most)
            calls.append(Sent(sent.earliest + passed, sent.latest + passed, used))
            wait = max(0, sent.earliest - await moment(redis))
            await rest(redis, key, wait / 1e6)  # until it goes
            passed += wait
            ends.append(calls[-1].latest + under_way * 1_000_000)
            while ends[0] <= calls[-1].latest:
                ends.popleft()
                await shared.settle(most, used)
        return calls

    calls = with_redis(redis_url, work)
    assert 0.9 * limit < most_in_a_minute(calls)[1] <= limit


def test_at_rest_there_is_nothing_to_give_back(redis_url: str) -> None:
    async def work(redis: Redis) -> int:
        key = new_key()
        await SharedBudget(redis, key, Budget(tokens=1000)).settle(900, 100)
        return int(await redis.exists(f"{key}:taken"))

    assert not with_redis(redis_url, work)


def test_a_call_larger_than_the_whole_budget_never_goes(redis_url: str) -> None:
    async def work(redis: Redis) -> None:
        with pytest.raises(OverBudget):
            await SharedBudget(redis, new_key(), Budget(tokens=10)).acquire(11, Deadline.after(1))

    with_redis(redis_url, work)


@pytest.mark.parametrize("budget", [Budget(), Budget(requests=100, tokens=1000)])
def test_a_pause_holds_for_every_process_and_is_never_shortened(
    redis_url: str, budget: Budget
) -> None:
    async def work(redis: Redis) -> None:
        key = new_key()
        await SharedBudget(redis, key, budget).pause(40)
        await SharedBudget(redis, key, budget).pause(2)
        other = SharedBudget(redis, key, budget)
        assert 30 < await other.reserve(1, HOURS) <= 40
        with pytest.raises(Unavailable):
            await other.acquire(1, Deadline.after(5))
        await other.pause(90)
        assert 80 < await other.reserve(1, HOURS) <= 90

    with_redis(redis_url, work)


def test_calls_sent_after_a_pause_keep_to_the_budget(redis_url: str) -> None:
    async def work(redis: Redis) -> list[Sent]:
        shared = SharedBudget(redis, new_key(), Budget(requests=30))
        await shared.pause(45)
        return [await reserve(redis, shared, 0) for _ in range(90)]

    assert most_in_a_minute(with_redis(redis_url, work))[0] <= 30


def test_a_pause_also_stops_who_waits_already(redis_url: str) -> None:
    class Overtaken(SharedBudget):
        """The first call that has to wait is followed by a pause."""

        paused_at: float | None = None

        async def reserve(self, tokens: int, within: float) -> float:
            wait = await super().reserve(tokens, within)
            if wait and self.paused_at is None:
                self.paused_at = time.monotonic()
                await self.pause(1.2)
            return wait

    async def work(redis: Redis) -> float:
        shared = Overtaken(redis, new_key(), Budget(requests=1), window=0.5)
        for _ in range(2):
            await shared.acquire(0, Deadline.after(30))
        assert shared.paused_at is not None
        return time.monotonic() - shared.paused_at

    assert with_redis(redis_url, work) >= 1.19


def test_without_redis_nobody_sends_on_a_budget_and_everybody_without_one() -> None:
    async def work(redis: Redis) -> None:
        for budget in (Budget(requests=5), Budget(tokens=5)):
            with pytest.raises(ConnectionFailed):
                await SharedBudget(redis, "key", budget).acquire(1, Deadline.after(1))
        unbound = SharedBudget(redis, "key", Budget())
        await unbound.acquire(1, Deadline.after(1))
        await unbound.pause(1)

    with_redis(NOWHERE, work)


def test_a_budget_at_rest_leaves_nothing_behind_in_redis(redis_url: str) -> None:
    async def work(redis: Redis) -> None:
        key = new_key()
        shared = SharedBudget(redis, key, Budget(requests=5, tokens=50))
        await shared.acquire(50, Deadline.after(1))
        await shared.pause(3)
        assert {await redis.pttl(name) > 0 for name in await redis.keys(f"{key}*")} == {True}

    with_redis(redis_url, work)
