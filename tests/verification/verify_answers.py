"""Answers by schema, in JSON mode, and streamed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ai.config import AnswerFormat, Config
from ai.errors import Outcome
from ai.memory import MemoryBooks
from ai.questions import Answer
from sessions_app.coaching.answers import CoachingAnswer, ReviewAnswer, WindowVerdicts
from speechcoach.model_probe import Ready
from tests.verification.asking import ask, question

ASKED = (WindowVerdicts, ReviewAnswer, CoachingAnswer)


@pytest.mark.parametrize("answer", ASKED)
def test_every_schema_of_ours_is_taken_and_kept_to(
    config: Config, books: MemoryBooks, answer: type[Answer]
) -> None:
    by_schema = replace(config, answer_format=AnswerFormat.SCHEMA)
    assert isinstance(ask(by_schema, books, question(answer, config.models.analysis)), answer)
    assert [record.outcome for record in books.records] == [Outcome.OK]


def test_json_mode_gives_the_same(config: Config, books: MemoryBooks) -> None:
    in_words = replace(config, answer_format=AnswerFormat.JSON)
    answer = ask(in_words, books, question(WindowVerdicts, config.models.analysis))
    assert isinstance(answer, WindowVerdicts)


@pytest.mark.parametrize("streaming", [False, True])
def test_tokens_are_told(config: Config, books: MemoryBooks, streaming: bool) -> None:
    told = replace(config, streaming=streaming)
    ask(told, books, question(Ready, config.models.coaching))
    record = books.records[-1]
    assert record.tokens_in
    assert record.tokens_out
    assert (record.first_token_ms is not None) is streaming
