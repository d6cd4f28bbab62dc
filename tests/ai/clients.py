"""A client of a server in tests, and questions for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from ai.client import Client
from ai.config import Config, Endpoint, Models
from ai.ledger import Books, Subject
from ai.questions import Answer, Deadline, Question

T = TypeVar("T")

MODELS = Models("gpt-5.4", "gpt-5.4-mini", "gpt-transcribe", "text-embedding-3-small")
OWNER = 7


class Opinion(Answer):
    word: str
    sure: float


def config_for(url: str, redis_url: str, **changes: Any) -> Config:
    endpoint = Endpoint(url, "sk-secret")
    values: dict[str, Any] = {
        "chat": endpoint,
        "transcription": endpoint,
        "models": MODELS,
        "redis_url": redis_url,
        "attempt_seconds": 20.0,
        **changes,
    }
    return Config(**values)


def question(data: str = '{"topic":"tea"}', **changes: Any) -> Question[Opinion]:
    values: dict[str, Any] = {
        "purpose": "check",
        "model": MODELS.analysis,
        "prompt_version": "check-1",
        "instructions": "Say what you think of it.",
        "data": data,
        "answer": Opinion,
        "max_output_tokens": 200,
        **changes,
    }
    return Question(**values)


def talk(config: Config, books: Books, work: Callable[[Client], Awaitable[T]]) -> T:
    async def conversation() -> T:
        async with Client(config, Subject(OWNER, "session"), books) as client:
            return await work(client)

    return asyncio.run(conversation())


def ask(
    config: Config, books: Books, asked: Question[Opinion] | None = None, seconds: float = 30
) -> Opinion:
    async def work(client: Client) -> Opinion:
        return await client.complete(asked or question(), Deadline.after(seconds))

    return talk(config, books, work)
