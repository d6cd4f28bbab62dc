from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from ai.errors import EmptyAnswer, Malformed
from ai.wire import ChatReply, EmbeddingReply, TranscriptionReply, parse

KINDS: list[type[BaseModel]] = [ChatReply, EmbeddingReply, TranscriptionReply]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("body", [b"", b" \n"])
def test_no_body_is_an_empty_answer(kind: type[BaseModel], body: bytes) -> None:
    with pytest.raises(EmptyAnswer):
        parse(kind, body)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"usage": 5}', b"\xff\xfe"])
def test_another_body_is_malformed_and_not_quoted(kind: type[BaseModel], body: bytes) -> None:
    with pytest.raises(Malformed) as caught:
        parse(kind, body)
    assert "html" not in caught.value.detail


@pytest.mark.parametrize("kind", KINDS)
def test_everything_may_be_missing(kind: type[BaseModel]) -> None:
    parse(kind, b"{}")
    parse(kind, b'{"usage": null, "more": [1]}')


def test_lists_may_be_null() -> None:
    assert parse(ChatReply, b'{"choices": null}').choices == []
    assert parse(TranscriptionReply, b'{"text": "", "words": null, "segments": null}').words == []


@given(st.sampled_from(KINDS), st.binary(max_size=200))
def test_any_bytes_are_a_reply_or_an_outcome(kind: type[BaseModel], body: bytes) -> None:
    with suppress(EmptyAnswer, Malformed):
        assert isinstance(parse(kind, body), kind)


@pytest.mark.parametrize("figure", ["-1", "1.5", '"many"', "2000000000", "NaN", "1e400"])
def test_a_figure_of_no_use_does_not_take_the_answer_with_it(figure: str) -> None:
    body = f'{{"choices": [{{}}], "usage": {{"prompt_tokens": {figure}, "completion_tokens": 7}}}}'
    reply = parse(ChatReply, body.encode())
    assert reply.usage is not None
    assert (reply.usage.prompt_tokens, reply.usage.completion_tokens) == (None, 7)


@pytest.mark.parametrize("figure", ["-1", "NaN", "Infinity", "1e400", '"long"'])
def test_lengths_and_times_are_numbers_or_unknown(figure: str) -> None:
    reply = parse(
        TranscriptionReply,
        f'{{"text": "a", "duration": {figure}, "usage": {{"seconds": {figure}}},'
        f' "words": [{{"word": "a", "start": 0.5, "end": {figure}}}]}}'.encode(),
    )
    assert reply.usage is not None
    assert (reply.duration, reply.usage.seconds) == (None, None)
    assert [(word.start, word.end) for word in reply.words] == [(0.5, None)]
