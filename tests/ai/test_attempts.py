"""The loop over real Redis, against a server that says what the test wants."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from redis import Redis as SyncRedis
from redis.asyncio import Redis

from ai.attempts import LONGEST_PAUSE, Attempts
from ai.bookkeeping import Bookkeeper
from ai.breaker import FAILURES, Breaker
from ai.budget import SharedBudget
from ai.calls import Reply, Request
from ai.completing import Completion
from ai.config import Budget, Caps, Config, Price
from ai.errors import (
    ModelError,
    Outcome,
    OverBudget,
    RateLimited,
    Refused,
    ServerFailed,
    SpendCapReached,
    Unavailable,
)
from ai.ledger import CallRecord, Subject
from ai.memory import MemoryBooks
from ai.questions import Deadline, Question
from ai.retry import MAX_ATTEMPTS, MAX_USELESS
from ai.wire import ChatReply, EmbeddingReply, TranscriptionReply
from tests.ai.clients import OWNER, Opinion, config_for, question

GOOD = ChatReply.model_validate(
    {
        "choices": [{"message": {"content": '{"word": "fine", "sure": 1}'}}],
        "usage": {"prompt_tokens": 1000, "completion_tokens": 100},
    }
)
USELESS = GOOD.model_copy(update={"choices": []})
PRICES = {"gpt-5.4": Price(input=Decimal(1), output=Decimal(10))}
PAID = Decimal("0.002")  # of both answers


@dataclass
class Scripted:
    """Does one thing after the other, and the last one for ever."""

    steps: list[ChatReply | ModelError | Callable[[], Awaitable[None]]]
    requests: list[Request] = field(default_factory=list)

    async def chat(self, request: Request) -> Reply[ChatReply]:
        self.requests.append(request)
        step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
        if isinstance(step, ModelError):
            raise step
        if isinstance(step, ChatReply):
            return Reply(step)
        await step()
        return Reply(GOOD)

    async def hear(self, request: Request) -> Reply[TranscriptionReply]:
        raise AssertionError("only chat is asked for here")

    async def embed(self, request: Request) -> Reply[EmbeddingReply]:
        raise AssertionError("only chat is asked for here")


@dataclass
class Process:
    """What one process has: books and a server in common with others, or its own."""

    config: Config
    server: Scripted
    books: MemoryBooks = field(default_factory=MemoryBooks)

    def run(self, *questions: Question[Opinion], seconds: float = 20) -> list[object]:
        return asyncio.run(self.answers(*questions, seconds=seconds))

    async def answers(self, *questions: Question[Opinion], seconds: float = 20) -> list[object]:
        """Answers and errors."""
        keeper = Bookkeeper(self.books)
        async with Redis.from_url(self.config.redis_url) as redis:
            attempts = Attempts(
                "server",
                self.server,
                self.config,
                Subject(OWNER, "session"),
                keeper,
                redis,
                asyncio.Semaphore(self.config.budget.concurrency),
            )
            assert self.config.chat
            calls = [Completion(each, self.config, self.config.chat) for each in questions]
            deadline = Deadline.after(seconds)
            try:
                return await asyncio.gather(
                    *(attempts.answer(call, deadline) for call in calls), return_exceptions=True
                )
            finally:
                await keeper.close()

    @property
    def outcomes(self) -> list[Outcome]:
        return [record.outcome for record in self.books.records]


@pytest.fixture
def process(redis_url: str) -> Callable[..., Process]:
    def make(*steps: Any, **changes: Any) -> Process:
        config = config_for("http://unused", redis_url, prices=PRICES, **changes)
        return Process(config, Scripted(list(steps)))

    return make


def test_an_answer_is_kept_with_its_record(process: Callable[..., Process]) -> None:
    ours = process(GOOD)
    assert ours.run(question()) == ours.run(question()) == [Opinion(word="fine", sure=1)]
    paid, found = ours.books.records
    assert (paid.cost_usd, paid.cache_hit) == (PAID, False)
    assert found.cache_hit
    assert found.cost_usd == found.tokens_in == found.tokens_out == 0
    assert len(ours.server.requests) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"data": '{"topic":"coffee"}'},
        {"instructions": "Say it twice."},
        {"prompt_version": "check-2"},
        {"model": "gpt-5.4-mini"},
        {"salt": "2"},
    ],
)
def test_another_question_is_asked(process: Callable[..., Process], change: dict[str, str]) -> None:
    ours = process(GOOD)
    ours.run(question())
    ours.run(question(**change))
    assert len(ours.server.requests) == 2


def test_nothing_is_kept_for_no_days(process: Callable[..., Process]) -> None:
    ours = process(GOOD, answer_days=0)
    ours.run(question())
    ours.run(question())
    assert len(ours.server.requests) == 2
    assert ours.outcomes == [Outcome.OK] * 2


def test_the_same_question_at_once_is_paid_once(process: Callable[..., Process]) -> None:
    async def slowly() -> None:
        await asyncio.sleep(0.05)

    ours = process(slowly)
    other = Process(ours.config, ours.server, ours.books)

    async def both() -> tuple[list[object], list[object]]:
        return await asyncio.gather(ours.answers(question()), other.answers(question()))

    first, second = asyncio.run(both())
    assert first == second == [Opinion(word="fine", sure=1)]
    assert len(ours.server.requests) == 1


def test_useless_answers_are_paid_and_not_kept(process: Callable[..., Process]) -> None:
    ours = process(USELESS, GOOD)
    assert ours.run(question()) == [Opinion(word="fine", sure=1)]
    assert ours.outcomes == [Outcome.EMPTY, Outcome.OK]
    assert [record.cost_usd for record in ours.books.records] == [PAID, PAID]


def test_attempts_have_an_end(
    process: Callable[..., Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ai.retry.FIRST_BACKOFF_SECONDS", 0.001)
    ours = process(ServerFailed("500"))
    (error,) = ours.run(question())
    assert isinstance(error, Unavailable)
    assert [record.attempt for record in ours.books.records] == [*range(1, MAX_ATTEMPTS + 1)]
    assert {record.cost_usd for record in ours.books.records} == {0}


def test_a_wait_beyond_the_deadline_is_not_begun(process: Callable[..., Process]) -> None:
    ours = process(RateLimited("429", retry_after=600))
    (error,) = ours.run(question())
    assert isinstance(error, Unavailable)
    assert error.retry_after == 600
    assert ours.outcomes == [Outcome.RATE_LIMITED]


def test_one_who_is_told_to_wait_tells_all(process: Callable[..., Process]) -> None:
    process(RateLimited("429", retry_after=600)).run(question())
    other = process(GOOD)
    (error,) = other.run(question())
    assert isinstance(error, Unavailable)
    assert not other.server.requests
    assert_nothing_was_sent(other, Outcome.UNAVAILABLE)


def test_a_server_that_is_down_is_left_alone(
    process: Callable[..., Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ai.retry.FIRST_BACKOFF_SECONDS", 0.001)
    process(ServerFailed("500")).run(*(question(salt=str(number)) for number in range(3)))
    other = process(GOOD)
    (error,) = other.run(question())
    assert isinstance(error, Unavailable)
    assert not other.server.requests
    assert_nothing_was_sent(other, Outcome.UNAVAILABLE)
    assert other.run(question(model="gpt-5.4-mini")) == [Opinion(word="fine", sure=1)]


def assert_nothing_was_sent(process: Process, outcome: Outcome) -> None:
    """And that is on record, without a time, tokens or a cost."""
    (record,) = process.books.records
    assert (record.outcome, record.cost_usd) == (outcome, Decimal(0))
    assert record.latency_ms is record.tokens_in is record.audio_ms is None


def test_refusals_are_no_failures_of_the_server(process: Callable[..., Process]) -> None:
    ours = process(Refused())
    ours.run(*(question(salt=str(number)) for number in range(20)))
    assert len(ours.server.requests) == 20 * MAX_USELESS


def test_all_are_told_to_wait_before_it_is_written_down(
    process: Callable[..., Process], redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = process(RateLimited("429", retry_after=600))
    told: list[object] = []

    def record(call: CallRecord) -> None:
        with SyncRedis.from_url(redis_url) as redis:
            told.append(redis.ttl("ai:budget:server:pause"))

    monkeypatch.setattr(ours.books, "record", record)
    ours.run(question())
    assert told == [LONGEST_PAUSE]


def test_calls_at_once_are_bounded(process: Callable[..., Process]) -> None:
    at_once: list[int] = []
    under_way = 0

    async def counted() -> None:
        nonlocal under_way
        under_way += 1
        at_once.append(under_way)
        await asyncio.sleep(0.005)
        under_way -= 1

    ours = process(counted, budget=Budget(concurrency=3))
    ours.run(*(question(salt=str(number)) for number in range(12)))
    assert max(at_once) == 3


def test_more_tokens_than_the_budget_ever_has_are_too_many(
    process: Callable[..., Process],
) -> None:
    ours = process(GOOD, budget=Budget(tokens=100))
    (error,) = ours.run(question())
    assert isinstance(error, OverBudget)
    assert ours.books.spent() == 0
    assert_nothing_was_sent(ours, Outcome.TOO_LONG)


def test_a_server_that_went_down_while_a_call_waited_for_its_turn_is_left_alone(
    process: Callable[..., Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def waited(self: SharedBudget, tokens: int, deadline: Deadline) -> bool:
        async with Redis.from_url(ours.config.redis_url) as redis:
            for _ in range(FAILURES):
                await Breaker(redis, "ai:breaker:server:gpt-5.4").failed()
        return True

    ours = process(GOOD)
    monkeypatch.setattr(SharedBudget, "acquire", waited)
    (error,) = ours.run(question())
    assert isinstance(error, Unavailable)
    assert_nothing_was_sent(ours, Outcome.UNAVAILABLE)


def test_tokens_that_an_answer_did_not_need_are_given_back(
    process: Callable[..., Process], redis_url: str
) -> None:
    ours = process(GOOD, budget=Budget(tokens=6_000))
    ours.run(question(max_output_tokens=4_000))
    with SyncRedis.from_url(redis_url) as redis:
        taken = float(redis.hget("ai:budget:server:taken", "tokens")) / 1e6
        seconds, _ = redis.time()
    assert taken - seconds < 20  # 13 for the 1,100 of the answer, and 46 for all 4,000


def test_a_cap_is_not_passed_by_calls_at_once(process: Callable[..., Process]) -> None:
    """One may cost 0.0021, of which 0.002 are spent."""
    ours = process(GOOD, caps=Caps(owner=Decimal("0.01")))
    answers = ours.run(*(question(salt=str(n), max_output_tokens=200) for n in range(20)))
    refused = [answer for answer in answers if isinstance(answer, SpendCapReached)]
    assert refused
    assert ours.books.spent(OWNER) == PAID * (20 - len(refused))
    assert ours.books.spent(OWNER) <= Decimal("0.01")
    assert len(ours.server.requests) == ours.outcomes.count(Outcome.OK) == 20 - len(refused)


def test_what_a_cap_holds_back_is_on_record_and_not_tried_again(
    process: Callable[..., Process],
) -> None:
    ours = process(GOOD, caps=Caps(total=Decimal(0)))
    (error,) = ours.run(question())
    assert isinstance(error, SpendCapReached)
    assert not ours.server.requests
    assert_nothing_was_sent(ours, Outcome.SPEND_CAP)
    assert ours.books.spent() == 0


def test_what_failed_unpaid_is_not_spent(process: Callable[..., Process]) -> None:
    ours = process(ServerFailed("500"), GOOD, caps=Caps(total=Decimal(1)))
    ours.run(question())
    assert ours.books.spent() == PAID


def test_what_has_no_price_cannot_be_capped(process: Callable[..., Process]) -> None:
    ours = process(GOOD, caps=Caps(total=Decimal(0)))
    assert ours.run(question(model="nobody-knows-it")) == [Opinion(word="fine", sure=1)]
    assert ours.books.records[0].cost_usd is None


@pytest.fixture
def stalled() -> tuple[asyncio.Event, Callable[[], Awaitable[None]]]:
    reached = asyncio.Event()

    async def stall() -> None:
        reached.set()
        await asyncio.Event().wait()

    return reached, stall


def test_who_is_cancelled_leaves_a_record_and_what_was_read_is_spent(
    process: Callable[..., Process],
    stalled: tuple[asyncio.Event, Callable[[], Awaitable[None]]],
) -> None:
    reached, stall = stalled
    ours = process(stall, caps=Caps(total=Decimal(1)))

    async def cancelled() -> None:
        task = asyncio.create_task(ours.answers(question()))
        await reached.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())
    assert ours.outcomes == [Outcome.CANCELLED]
    assert ours.books.records[0].cost_usd is None
    assert 0 < ours.books.spent() < Decimal("0.001")
    assert ours.books.closed


def test_an_attempt_that_takes_too_long_is_tried_again(
    process: Callable[..., Process],
    stalled: tuple[asyncio.Event, Callable[[], Awaitable[None]]],
) -> None:
    ours = process(stalled[1], GOOD, attempt_seconds=0.05)
    assert ours.run(question()) == [Opinion(word="fine", sure=1)]
    assert ours.outcomes == [Outcome.TIMEOUT, Outcome.OK]


def test_the_deadline_ends_an_attempt_as_timed_out(
    process: Callable[..., Process],
    stalled: tuple[asyncio.Event, Callable[[], Awaitable[None]]],
) -> None:
    ours = process(stalled[1])
    (error,) = ours.run(question(), seconds=1)
    assert isinstance(error, Unavailable)
    assert ours.outcomes == [Outcome.TIMEOUT]


def test_without_redis_answers_still_come(process: Callable[..., Process]) -> None:
    ours = process(GOOD)
    alone = process(GOOD)
    alone.config = config_for("http://unused", "redis://127.0.0.1:1/0", prices=PRICES)
    assert alone.run(question()) == ours.run(question())


def test_without_redis_nothing_is_sent_on_a_shared_budget(
    process: Callable[..., Process],
) -> None:
    ours = process(GOOD)
    ours.config = config_for("http://unused", "redis://127.0.0.1:1/0", budget=Budget(requests=10))
    (error,) = ours.run(question(), seconds=0.3)
    assert isinstance(error, Unavailable)
    assert not ours.server.requests


def test_nobody_is_kept_away_for_long_by_what_a_server_says(
    process: Callable[..., Process], redis_client: SyncRedis
) -> None:
    process(RateLimited("429", retry_after=315_360_000)).run(question())
    (pause,) = redis_client.keys("ai:budget:*:pause")
    assert redis_client.pttl(pause) <= 60_000


def test_a_kept_answer_nobody_can_read_is_asked_for_anew(process: Callable[..., Process]) -> None:
    ours = process(GOOD)
    ours.run(question())
    for kept, (_, expires) in ours.books._answers.items():
        ours.books._answers[kept] = "{}", expires
    assert ours.run(question()) == [Opinion(word="fine", sure=1)]
    assert len(ours.server.requests) == 2
