from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai.batch import gather_by_id
from ai.errors import ModelError, Refused


async def twice(number: int) -> int:
    await asyncio.sleep(0)
    if number % 3 == 0:
        raise Refused(str(number))
    return number * 2


@given(st.lists(st.integers(0, 50), unique=True), st.integers(1, 5))
def test_every_item_has_its_own_end_in_the_order_given(numbers: list[int], limit: int) -> None:
    results = asyncio.run(gather_by_id({n: partial(twice, n) for n in numbers}, limit))
    assert list(results) == numbers
    for number, result in results.items():
        if number % 3 == 0:
            assert isinstance(result, ModelError)
            assert result.detail == str(number)
        else:
            assert result == number * 2


def test_no_more_than_the_limit_at_once() -> None:
    under_way, most = 0, 0

    async def work() -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0)
        under_way -= 1

    asyncio.run(gather_by_id(dict.fromkeys(range(20), work), 3))
    assert most == 3


def test_an_error_of_ours_ends_all_of_them() -> None:
    ended = []

    async def waiting() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(True)

    async def broken() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asyncio.run(gather_by_id({"waiting": waiting, "broken": broken}, 5))
    assert ended


def test_who_is_cancelled_cancels_the_items() -> None:
    ended = []

    async def waiting() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(True)

    async def cancelled() -> None:
        task: Coroutine[Any, Any, object] = gather_by_id({1: waiting, 2: waiting}, 5)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(task, 0.01)

    asyncio.run(cancelled())
    assert len(ended) == 2
