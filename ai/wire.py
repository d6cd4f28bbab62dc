"""What servers send, read leniently: they differ, and everything may be missing."""

from __future__ import annotations

from typing import Annotated, Final, TypeVar

from pydantic import BaseModel, BeforeValidator, ValidationError

from ai.errors import EmptyAnswer, Malformed
from ai.usage import Usage


def _none_as_empty(value: object) -> object:
    return [] if value is None else value


MOST: Final = 10_000_000
"""No model takes so many tokens, and no talk has so many seconds: what is above is an error, and
its cost would not fit into the ledger.
"""


def _amount(value: object) -> float | None:
    """A number from 0 on. Any other figure is unknown: the answer it comes with may be good."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if 0 <= value <= MOST else None  # which no NaN is


def _whole(value: object) -> int | None:
    amount = _amount(value)
    return int(amount) if amount is not None and amount == int(amount) else None


W = TypeVar("W", bound=BaseModel)
T = TypeVar("T")
Several = Annotated[list[T], BeforeValidator(_none_as_empty)]
Count = Annotated[int | None, BeforeValidator(_whole)]
Seconds = Annotated[float | None, BeforeValidator(_amount)]


class PromptDetails(BaseModel):
    cached_tokens: Count = None


class ChatUsage(BaseModel):
    prompt_tokens: Count = None
    completion_tokens: Count = None
    prompt_tokens_details: PromptDetails | None = None

    def known(self) -> Usage:
        details = self.prompt_tokens_details
        return Usage(
            tokens_in=self.prompt_tokens,
            tokens_cached=details.cached_tokens if details else None,
            tokens_out=self.completion_tokens,
        )


class Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class Choice(BaseModel):
    message: Message = Message()
    finish_reason: str | None = None


class ChatReply(BaseModel):
    choices: Several[Choice] = []
    usage: ChatUsage | None = None


class ChunkChoice(BaseModel):
    delta: Message | None = None
    finish_reason: str | None = None


class ChatChunk(BaseModel):
    """A piece of a streamed answer; the last one carries the usage and no choice."""

    choices: Several[ChunkChoice] = []
    usage: ChatUsage | None = None


class Word(BaseModel):
    """Seconds."""

    word: str
    start: Seconds = None
    end: Seconds = None


class Segment(BaseModel):
    text: str
    start: Seconds = None
    end: Seconds = None
    words: Several[Word] = []  # some servers put words here


class AudioDetails(BaseModel):
    audio_tokens: Count = None


class AudioUsage(BaseModel):
    """Seconds where a model is paid by time, tokens where it is paid by tokens."""

    seconds: Seconds = None
    input_tokens: Count = None
    output_tokens: Count = None
    input_token_details: AudioDetails | None = None


class TranscriptionReply(BaseModel):
    text: str | None = None
    duration: Seconds = None
    words: Several[Word] = []
    segments: Several[Segment] = []
    usage: AudioUsage | None = None


class Vector(BaseModel):
    index: int
    embedding: list[float]


class EmbeddingReply(BaseModel):
    data: list[Vector] | None = None
    usage: ChatUsage | None = None


def parse(kind: type[W], body: bytes) -> W:
    """Raises `EmptyAnswer` or `Malformed`."""
    if not body.strip():
        raise EmptyAnswer("no body")
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        raise Malformed(f"reply: {complaint(error)}") from None


def complaint(error: ValidationError) -> str:
    """The kinds of complaint, without what they are about: that may be somebody's words."""
    return ", ".join(sorted({found["type"] for found in error.errors(include_input=False)}))
