"""From what a server sent to the answer, or to the reason why there is none."""

from __future__ import annotations

from pydantic import ValidationError

from ai.errors import EmptyAnswer, Filtered, Malformed, Refused, Truncated
from ai.questions import A
from ai.wire import ChatReply, Choice, complaint

THOUGHTS, THOUGHTS_END = "<think>", "</think>"  # of servers that do not tell them apart


def read_answer(reply: ChatReply, answer: type[A]) -> A:
    """Raises `Refused`, `Filtered`, `Truncated`, `EmptyAnswer` or `Malformed`."""
    if not reply.choices:
        raise EmptyAnswer("no choices")
    choice = reply.choices[0]
    _check_ending(choice)
    content = (choice.message.content or "").strip()
    if not content:
        raise EmptyAnswer("no content")
    try:
        return answer.model_validate_json(_object_in(content))
    except ValidationError as error:
        raise Malformed(complaint(error)) from None  # the error would quote the answer


def _check_ending(choice: Choice) -> None:
    if choice.message.refusal:
        raise Refused
    if choice.finish_reason == "content_filter":
        raise Filtered("finish_reason")
    if choice.finish_reason == "length":
        raise Truncated


def _object_in(content: str) -> str:
    """Without what some models put around JSON: a fence, a few words, their thoughts before it."""
    if content.startswith(THOUGHTS):
        content = content.rpartition(THOUGHTS_END)[2].strip() or content
    if content.startswith("{") and content.endswith("}"):
        return content
    first, last = content.find("{"), content.rfind("}")
    return content[first : last + 1] if 0 <= first < last else content
