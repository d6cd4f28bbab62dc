"""Small questions for a server that costs money."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import uuid4

from ai.client import Client
from ai.config import Config
from ai.ledger import Subject
from ai.memory import MemoryBooks
from ai.questions import A, Answer, Deadline, Question
from sessions_app.coaching.answers import CoachingAnswer, ReviewAnswer, WindowVerdicts

SECONDS = 120
PURPOSES: dict[type[Answer], str] = {
    WindowVerdicts: "verdicts",
    ReviewAnswer: "review",
    CoachingAnswer: "coaching",
}
SAID = "0 Um, 1 hello 2 there, 3 like, 4 everybody. 5 Walking 6 helps 7 us 8 think."
DATA = {
    "language": "en",
    "kind": "presentation",
    "prompt": "",
    "first": 0,
    "last": 8,
    "words": SAID,
    "candidates": [[3, 3, "like", "counted"]],
    "slots": ["fillers_total"],
    "topics": ["fillers", "pace"],
    "goals": ["fillers_per_minute"],
    "findings": [{"kind": "filler", "label": "um", "count": 1, "at": [[0, 0]]}],
    "excerpts": [[0, 4, "Um, hello there, like, everybody."]],
    "scores": {},
    "history": {},
}

T = TypeVar("T")


def talk(config: Config, books: MemoryBooks, work: Callable[[Client], Awaitable[T]]) -> T:
    """The result of `work` with a client of its own."""

    async def within() -> T:
        async with Client(config, Subject(None, "verification"), books) as client:
            return await work(client)

    return asyncio.run(within())


def question(answer: type[A], model: str, *, most: int = 4000) -> Question[A]:
    """About a talk of nine words; `most` is in tokens."""
    return Question(
        purpose=PURPOSES.get(answer, "check"),
        model=model,
        prompt_version="verification",
        instructions="Fill in the JSON asked for, briefly, about the talk whose words are "
        "numbered in the data. Point only to numbers of words that are there.",
        data=json.dumps(DATA),
        answer=answer,
        max_output_tokens=most,
        salt=uuid4().hex,
    )


def ask(config: Config, books: MemoryBooks, asked: Question[A]) -> A:
    """Raises `ai.errors.ModelError`."""
    return talk(config, books, lambda client: client.complete(asked, deadline()))


def deadline() -> Deadline:
    return Deadline.after(SECONDS)
