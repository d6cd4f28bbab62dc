from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai.errors import EmptyAnswer, Filtered, Malformed, ModelError, Refused, Truncated
from ai.reading import read_answer
from ai.wire import ChatReply
from tests.ai.clients import Opinion

GOOD = '{"word": "fine {really}", "sure": 0.5}'


def reply(
    content: str | None, finish: str | None = "stop", refusal: str | None = None
) -> ChatReply:
    message = {"content": content, "refusal": refusal}
    return ChatReply.model_validate({"choices": [{"message": message, "finish_reason": finish}]})


@pytest.mark.parametrize(
    "content",
    [
        GOOD,
        f"\n {GOOD} \n",
        f"```json\n{GOOD}\n```",
        f"```\n{GOOD}```",
        f"Here is the JSON you asked for:\n{GOOD}\nAnything else?",
        f"<think>Tea, so fine.</think>\n{GOOD}",
        f'<think>Is it {{"word": "fine"}}?</think>\n```json\n{GOOD}\n```',
    ],
)
def test_json_is_found_in_what_models_put_around_it(content: str) -> None:
    assert read_answer(reply(content), Opinion) == Opinion(word="fine {really}", sure=0.5)


@pytest.mark.parametrize(
    ("given_reply", "expected"),
    [
        (reply(None, refusal="I cannot help with that."), Refused),
        (reply(None, "content_filter"), Filtered),
        (reply(GOOD, "content_filter"), Filtered),
        (reply(GOOD[:20], "length"), Truncated),
        (reply(""), EmptyAnswer),
        (reply(None), EmptyAnswer),
        (ChatReply(), EmptyAnswer),
        (reply(GOOD[:20]), Malformed),
        (reply("I would rather talk."), Malformed),
        (reply("}{"), Malformed),
        (reply("[]"), Malformed),
        (reply('{"word": "fine"}'), Malformed),
        (reply('{"word": "fine", "sure": 1, "more": 2}'), Malformed),
    ],
)
def test_what_is_no_answer_has_its_reason(
    given_reply: ChatReply, expected: type[ModelError]
) -> None:
    with pytest.raises(expected):
        read_answer(given_reply, Opinion)


def test_complaints_quote_nothing() -> None:
    with pytest.raises(Malformed) as caught:
        read_answer(reply('{"secret": "words"}'), Opinion)
    assert caught.value.detail == "extra_forbidden, missing"
    assert caught.value.__suppress_context__


@given(st.text(), st.floats(0, 1), st.text().filter(lambda text: "{" not in text))
def test_every_answer_survives_words_around_it(word: str, sure: float, around: str) -> None:
    around = around.replace("}", "")
    content = around + json.dumps({"word": word, "sure": sure}) + around
    assert read_answer(reply(content), Opinion) == Opinion(word=word, sure=sure)


@given(st.text())
def test_anything_is_an_answer_or_an_outcome(content: str) -> None:
    with pytest.raises((Malformed, EmptyAnswer)):
        read_answer(reply(content), Opinion)
