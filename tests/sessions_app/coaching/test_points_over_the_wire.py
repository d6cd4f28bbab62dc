"""Points of a prompt from a server, with schemas and without."""

from __future__ import annotations

import asyncio

import pytest

from ai.client import Client
from ai.config import AnswerFormat
from ai.ledger import Subject
from ai.memory import MemoryBooks
from ai.questions import Deadline
from sessions_app.coaching.branches import read_content
from sessions_app.coaching.readings import Readings
from tests.ai.clients import config_for
from tests.sessions_app.coaching.model import an_assignment
from tests.simulator import Simulator


@pytest.mark.parametrize("answer_format", [AnswerFormat.SCHEMA, AnswerFormat.JSON])
def test_points_come_with_their_places(
    answer_format: AnswerFormat, simulator: Simulator, redis_url: str
) -> None:
    assignment = an_assignment(prompt="Say why we walked, and what whales think.")
    config = config_for(simulator.url, redis_url, answer_format=answer_format)
    readings = Readings()

    async def read() -> None:
        async with Client(config, Subject(1, "session"), MemoryBooks()) as client:
            await read_content(assignment, client, readings, Deadline.after(30))

    asyncio.run(read())
    assert readings.review is not None
    assert [(point.text, bool(point.places)) for point in readings.review.points] == [
        ("walked", True),
        ("whales", False),
        ("think", False),
    ]
