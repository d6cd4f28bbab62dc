"""The one place that talks to a server. Under construction: the interface is fixed."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Self

from ai.config import Config
from ai.ledger import Books, Subject
from ai.questions import A, Audio, Deadline, Heard, Question


class Client:
    """Calls on behalf of one subject, within one event loop."""

    def __init__(self, config: Config, subject: Subject, books: Books) -> None:
        raise NotImplementedError

    async def __aenter__(self) -> Self:
        raise NotImplementedError

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        raise NotImplementedError

    async def complete(self, question: Question[A], deadline: Deadline) -> A:
        """Raises `ai.errors.ModelError`."""
        raise NotImplementedError

    async def transcribe(self, audio: Audio, language: str, deadline: Deadline) -> Heard:
        """Raises `ai.errors.ModelError`."""
        raise NotImplementedError

    async def embed(
        self, texts: Sequence[str], deadline: Deadline
    ) -> tuple[tuple[float, ...], ...]:
        """Raises `ai.errors.ModelError`."""
        raise NotImplementedError
