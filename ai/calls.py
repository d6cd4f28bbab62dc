"""What every kind of call has in common: how it is sent, read, kept and counted."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from ai.usage import Usage
from ai.wire import ChatReply, EmbeddingReply, TranscriptionReply

Request = dict[str, Any]  # the parameters of an endpoint, as its documentation names them
R = TypeVar("R")
T = TypeVar("T")

CHARACTERS_PER_TOKEN = 3  # at least: English has 4, numbered words and JSON 3


@dataclass(frozen=True, slots=True)
class Reply(Generic[R]):
    """`first_token_ms` after sending, where the answer was streamed."""

    body: R
    first_token_ms: int | None = None


class Server(Protocol):
    """One endpoint. All of these raise `ModelError`."""

    async def chat(self, request: Request) -> Reply[ChatReply]: ...

    async def hear(self, request: Request) -> Reply[TranscriptionReply]: ...

    async def embed(self, request: Request) -> Reply[EmbeddingReply]: ...


@dataclass(frozen=True, slots=True)
class Label:
    """What the ledger calls it."""

    purpose: str
    model: str
    prompt_version: str = ""
    audio_ms: int | None = None


class Call(ABC, Generic[R, T]):
    """`key` is that of the kept answer, `expected` at most what it consumes."""

    label: Label
    key: str
    expected: Usage

    @abstractmethod
    async def send(self, server: Server) -> Reply[R]:
        """Raises `ModelError`."""

    @abstractmethod
    def usage(self, body: R) -> Usage:
        """As the server tells it."""

    @abstractmethod
    def read(self, body: R) -> T:
        """Raises `AskAgain` or `GiveUp`."""

    @abstractmethod
    def dump(self, answer: T) -> str: ...

    @abstractmethod
    def load(self, text: str) -> T:
        """Raises `ValueError`."""

    def has_plainer_format(self) -> bool:
        """After a refusal of the format: whether the next sending asks in another way."""
        return False


def tokens_at_most(text: str) -> int:
    return -(-len(text.encode()) // CHARACTERS_PER_TOKEN)
