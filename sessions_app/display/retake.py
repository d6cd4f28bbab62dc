"""The card on a report of a talk that was practised more than once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sessions_app import queries
from sessions_app.display.attempts import Beside, beside, is_draft
from sessions_app.display.earlier import Earlier
from sessions_app.models import PracticeSession


@dataclass(frozen=True, slots=True)
class Attempt:
    number: int
    session: PracticeSession
    shown: bool


@dataclass(frozen=True, slots=True)
class RetakeCard:
    """`number` of this attempt, from 1. `judged` says that the usual variation of the speaker is
    known; `draft` that the words of one of those compared are a rough draft.
    """

    number: int
    attempts: tuple[Attempt, ...]
    beside: tuple[Beside, ...]
    judged: bool
    draft: bool

    @property
    def compared(self) -> bool:
        """Whether the card compares the talk with one before it."""
        return any(each.rows for each in self.beside)


def retake_card(session: PracticeSession, earlier: Sequence[Earlier]) -> RetakeCard | None:
    """`None` for a talk that was tried once. `earlier` are the speaker's talks before it."""
    found = queries.attempts_at(session)
    at = next((index for index, each in enumerate(found) if each.pk == session.pk), None)
    if at is None or len(found) == 1:
        return None
    compared = tuple(beside(found, at, earlier))
    return RetakeCard(
        number=at + 1,
        attempts=tuple(
            Attempt(number, each, each.pk == session.pk)
            for number, each in enumerate(found, start=1)
        ),
        beside=compared,
        judged=any(row.beyond is not None for each in compared for row in each.rows),
        draft=any(is_draft(each) for each in (found[0], found[at - 1], found[at])),
    )


def is_beside(card: RetakeCard | None) -> bool:
    """Whether the card already compares the talk with one before it."""
    return card is not None and card.compared
