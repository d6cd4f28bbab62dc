"""The model as coaching sees it."""

from __future__ import annotations

from typing import Protocol

from ai.questions import A, Deadline, Question


class Asker(Protocol):
    """`ai.client.Client`, or a fake of it in tests."""

    async def complete(self, question: Question[A], deadline: Deadline) -> A:
        """Raises `ai.errors.ModelError`."""
