"""A streamed answer, put together as it would have come in one piece."""

from __future__ import annotations

import time

from ai.calls import Reply
from ai.errors import ConnectionFailed
from ai.wire import ChatChunk, ChatReply, ChatUsage, Choice, ChunkChoice, Message


class Collected:
    """Begun when the request is sent."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._content: list[str] = []
        self._refusal: list[str] = []
        self._ending: str | None = None
        self._usage: ChatUsage | None = None
        self._first_token_ms: int | None = None

    def add(self, chunk: ChatChunk) -> None:
        self._usage = chunk.usage or self._usage
        for choice in chunk.choices[:1]:
            self._add(choice)

    def reply(self) -> Reply[ChatReply]:
        """Raises `ConnectionFailed` for a stream that ended before its answer did."""
        if self._ending is None:
            raise ConnectionFailed("stream cut off")
        message = Message(content="".join(self._content), refusal="".join(self._refusal) or None)
        choice = Choice(message=message, finish_reason=self._ending)
        return Reply(ChatReply(choices=[choice], usage=self._usage), self._first_token_ms)

    def _add(self, choice: ChunkChoice) -> None:
        self._ending = choice.finish_reason or self._ending
        delta = choice.delta or Message()
        if self._first_token_ms is None and (delta.content or delta.refusal):
            self._first_token_ms = round((time.monotonic() - self._started) * 1000)
        self._content.append(delta.content or "")
        self._refusal.append(delta.refusal or "")
