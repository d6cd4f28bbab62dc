from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai.calls import Reply, Request
from ai.completing import Completion
from ai.config import AnswerFormat, Config
from ai.usage import Usage
from ai.wire import ChatReply, EmbeddingReply, TranscriptionReply
from tests.ai.clients import Opinion, config_for, question


class Listening:
    """Keeps what is asked and answers nothing."""

    def __init__(self) -> None:
        self.asked: Request = {}

    async def chat(self, request: Request) -> Reply[ChatReply]:
        self.asked = request
        return Reply(ChatReply())

    async def hear(self, request: Request) -> Reply[TranscriptionReply]:
        raise AssertionError("only chat is asked for here")

    async def embed(self, request: Request) -> Reply[EmbeddingReply]:
        raise AssertionError("only chat is asked for here")


def completion(config: Config, data: str = "{}") -> Completion[Opinion]:
    assert config.chat
    return Completion(question(data), config, config.chat)


def asked(config: Config) -> Request:
    server = Listening()
    with pytest.raises(StopIteration):
        completion(config).send(server).send(None)
    return server.asked


def config(**changes: object) -> Config:
    return config_for("http://unused/v1", "", **changes)


def test_instructions_and_data_are_kept_apart() -> None:
    system, user = asked(config())["messages"]
    assert system == {"role": "system", "content": "Say what you think of it."}
    assert user == {"role": "user", "content": "{}"}


def test_a_schema_is_asked_for_by_purpose() -> None:
    request = asked(config(answer_format=AnswerFormat.SCHEMA))
    assert request["response_format"]["json_schema"]["name"] == "check"
    assert request["max_completion_tokens"] == 200


def test_json_mode_tells_the_schema_in_words() -> None:
    request = asked(config(answer_format=AnswerFormat.JSON))
    assert request["response_format"] == {"type": "json_object"}
    assert "JSON" in request["messages"][0]["content"]
    assert "additionalProperties" in request["messages"][0]["content"]


def test_temperature_and_effort_are_sent_only_when_set() -> None:
    assert not {"temperature", "reasoning_effort"} & asked(config()).keys()
    request = asked(config(temperature=0.0, reasoning_effort="low"))
    assert (request["temperature"], request["reasoning_effort"]) == (0.0, "low")


@pytest.mark.parametrize(
    "changes", [{"temperature": 0.5}, {"reasoning_effort": "high"}, {"answer_format": "json"}]
)
def test_answers_to_other_settings_are_others(changes: dict[str, object]) -> None:
    assert completion(config()).key != completion(config(**changes)).key


def test_only_auto_asks_more_plainly() -> None:
    schema = completion(config(answer_format=AnswerFormat.SCHEMA))
    assert not schema.has_plainer_format()
    assert not completion(config(answer_format=AnswerFormat.JSON)).has_plainer_format()


@given(st.text())
def test_the_tokens_expected_cover_data_and_answer(data: str) -> None:
    expected = completion(config(), data).expected
    assert expected.tokens_in is not None
    assert expected.tokens_in >= len(data) / 4
    assert expected.tokens_out == 200


def test_usage_has_the_cached_part() -> None:
    details = {"cached_tokens": 1024}
    told = {"prompt_tokens": 2000, "completion_tokens": 5, "prompt_tokens_details": details}
    body = ChatReply.model_validate_json(json.dumps({"usage": told}))
    assert completion(config()).usage(body) == Usage(2000, 1024, 5)
    assert completion(config()).usage(ChatReply()) == Usage()
