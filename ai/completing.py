"""A question to a model that answers with JSON."""

from __future__ import annotations

import json
from typing import Generic

from ai.cache import key_of
from ai.calls import Call, Label, Reply, Request, Server, tokens_at_most
from ai.config import AnswerFormat, Config, Endpoint
from ai.formats import (
    JSON_MODE,
    by_schema,
    instructions_with_schema,
    schema_format,
    strict_schema,
    wants_schema,
)
from ai.manners import remember_missing
from ai.questions import A, Question
from ai.reading import read_answer
from ai.usage import Usage
from ai.wire import ChatReply


class Completion(Call[ChatReply, A], Generic[A]):
    def __init__(self, question: Question[A], config: Config, endpoint: Endpoint) -> None:
        self._question = question
        self._config = config
        self._endpoint = endpoint
        self._by_schema = False
        self.label = Label(question.purpose, question.model, question.prompt_version)
        self.key = self._key()
        self.expected = Usage(
            tokens_in=tokens_at_most(json.dumps(self._request(by_schema=False)["messages"])),
            tokens_out=question.max_output_tokens,
        )

    async def send(self, server: Server) -> Reply[ChatReply]:
        question, config = self._question, self._config
        self._by_schema = wants_schema(config.answer_format, self._endpoint, question.model)
        return await server.chat(self._request(by_schema=self._by_schema))

    def usage(self, body: ChatReply) -> Usage:
        return body.usage.known() if body.usage else Usage()

    def read(self, body: ChatReply) -> A:
        return read_answer(body, self._question.answer)

    def dump(self, answer: A) -> str:
        return answer.model_dump_json()

    def load(self, text: str) -> A:
        return self._question.answer.model_validate_json(text)

    def has_plainer_format(self) -> bool:
        if not self._by_schema or self._config.answer_format is not AnswerFormat.AUTO:
            return False
        remember_missing(by_schema(self._endpoint, self._question.model))
        return True

    def _request(self, *, by_schema: bool) -> Request:
        question, config = self._question, self._config
        instructions, wanted = (
            question.instructions,
            schema_format(question.purpose, question.answer),
        )
        if not by_schema:
            instructions, wanted = (
                instructions_with_schema(instructions, question.answer),
                JSON_MODE,
            )
        request: Request = {
            "model": question.model,
            "messages": [
                {"role": "system", "content": instructions},
                {"role": "user", "content": question.data},
            ],
            "response_format": wanted,
            "max_completion_tokens": question.max_output_tokens,
            "temperature": config.temperature,
            "reasoning_effort": config.reasoning_effort,
        }
        return {key: value for key, value in request.items() if value is not None}

    def _key(self) -> str:
        question, config = self._question, self._config
        return key_of(
            kind="chat",
            model=question.model,
            prompt_version=question.prompt_version,
            instructions=question.instructions,
            data=question.data,
            schema=strict_schema(question.answer),
            format=config.answer_format,
            most=question.max_output_tokens,
            temperature=config.temperature,
            effort=config.reasoning_effort,
            salt=question.salt,
        )
