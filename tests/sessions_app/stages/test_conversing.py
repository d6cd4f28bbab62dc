import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest

from ai.client import Client
from ai.ledger import Subject
from ai.memory import MemoryBooks
from sessions_app.stages import conversing
from sessions_app.stages.context import ModelAccess
from sessions_app.stages.conversing import Conversation, awaited, converse, in_conversation
from tests.ai.clients import config_for


class Stopped(Exception):
    pass


@pytest.fixture
def books() -> MemoryBooks:
    return MemoryBooks()


@pytest.fixture
def access(redis_url: str, books: MemoryBooks) -> ModelAccess:
    config = config_for("http://127.0.0.1:9/v1", redis_url)
    return ModelAccess(config, Subject(1, "session"), lambda: books)


def go_on() -> None:
    pass


def test_gives_what_the_work_gives_and_closes_the_books(
    access: ModelAccess, books: MemoryBooks
) -> None:
    async def work(client: Client) -> str:
        return type(client).__name__

    assert converse(access, go_on, work) == "Client"
    assert books.closed


def test_what_the_work_raises_passes(access: ModelAccess) -> None:
    async def work(client: Client) -> None:
        raise LookupError("nobody foresaw it")

    with pytest.raises(LookupError):
        converse(access, go_on, work)


def test_a_run_that_has_to_stop_ends_what_is_in_flight(
    access: ModelAccess, books: MemoryBooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversing, "CHECK_SECONDS", 0.01)
    ended: list[str] = []

    async def work(client: Client) -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            ended.append("in flight")
            raise

    def stop() -> None:
        raise Stopped

    with pytest.raises(Stopped):
        converse(access, stop, work)
    assert ended == ["in flight"]
    assert books.closed


def test_work_nobody_waits_for_ends_while_the_conversation_goes_on(
    access: ModelAccess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversing, "CHECK_SECONDS", 0.01)
    ended = threading.Event()

    async def work(client: Client) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    def stop() -> None:
        raise Stopped

    with Conversation(access) as conversation:
        with pytest.raises(Stopped):
            awaited(conversation.begin(work), stop)
        assert ended.wait(10)


def test_work_that_swallows_a_cancellation_ends_all_the_same(
    access: ModelAccess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversing, "CHECK_SECONDS", 0.01)

    async def work(client: Client) -> None:
        with suppress(asyncio.CancelledError):  # as `asyncio.wait_for` may in Python 3.11
            await asyncio.Event().wait()
        await asyncio.Event().wait()

    def stop() -> None:
        raise Stopped

    with pytest.raises(Stopped):
        converse(access, stop, work)


def test_the_run_is_checked_beside_the_work_and_not_in_its_way(
    access: ModelAccess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversing, "CHECK_SECONDS", 0.01)
    checks: list[int] = []
    wake: list[Callable[[], object]] = []

    async def work(client: Client) -> int:
        seen = asyncio.Event()
        loop = asyncio.get_running_loop()
        wake.append(lambda: loop.call_soon_threadsafe(seen.set))
        await seen.wait()
        return threading.get_ident()

    def check() -> None:
        checks.append(threading.get_ident())
        for call in wake:
            call()

    thread = converse(access, check, work)
    assert checks
    assert thread not in checks


async def _client(client: Client) -> Client:
    return client


def test_stages_share_a_conversation_that_is_open(access: ModelAccess, books: MemoryBooks) -> None:
    with in_conversation(access) as shared:
        assert shared is not None
        first = converse(shared, go_on, _client)
        assert converse(shared, go_on, _client) is first
        assert not books.closed
    assert books.closed


def test_nobody_converses_without_a_model() -> None:
    with in_conversation(None) as shared:
        assert shared is None


def test_nothing_is_opened_for_a_run_that_asks_nothing(
    access: ModelAccess, books: MemoryBooks
) -> None:
    with in_conversation(access):
        pass
    assert not books.closed


def test_leaving_ends_what_is_under_way_while_it_can_still_be_booked(
    access: ModelAccess, books: MemoryBooks
) -> None:
    """A call that was cut off has an entry to make: the books close after it."""
    closed_by_then: list[bool] = []

    async def work(client: Client) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            closed_by_then.append(books.closed)

    with Conversation(access) as conversation:
        conversation.begin(work)
        converse(replace(access, conversation=conversation), go_on, _client)
    assert closed_by_then == [False]
    assert books.closed


def test_books_that_cannot_be_opened_are_no_riddle(access: ModelAccess) -> None:
    def lost() -> MemoryBooks:
        raise LookupError("no books")

    with pytest.raises(LookupError):
        converse(replace(access, books=lost), go_on, _client)
