from __future__ import annotations

from typing import Any

import pytest

from ai.errors import ConnectionFailed
from ai.streaming import Collected
from ai.wire import ChatChunk, Message


def chunk(finish: str | None = None, **delta: Any) -> ChatChunk:
    return ChatChunk.model_validate({"choices": [{"delta": delta, "finish_reason": finish}]})


def collected(*chunks: ChatChunk) -> Collected:
    pieces = Collected()
    for each in chunks:
        pieces.add(each)
    return pieces


def test_pieces_make_an_answer_with_its_usage() -> None:
    usage = ChatChunk.model_validate({"choices": [], "usage": {"prompt_tokens": 5}})
    reply = collected(
        chunk(role="assistant"), chunk(content="fi"), chunk(content="ne"), chunk("stop"), usage
    ).reply()
    assert reply.body.choices[0].message == Message(content="fine")
    assert reply.body.choices[0].finish_reason == "stop"
    assert reply.body.usage == usage.usage
    assert reply.first_token_ms is not None


def test_refusals_come_in_pieces_too() -> None:
    reply = collected(chunk(refusal="I "), chunk(refusal="cannot"), chunk("stop")).reply()
    assert reply.body.choices[0].message.refusal == "I cannot"


def test_without_content_there_is_no_first_token() -> None:
    assert collected(chunk(content=""), chunk("stop")).reply().first_token_ms is None


def test_a_stream_without_an_end_was_cut_off() -> None:
    with pytest.raises(ConnectionFailed):
        collected(chunk(content="fi")).reply()
