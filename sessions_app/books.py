"""The books of talks: what was answered about one is kept no longer than the talk."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from ai.ledger import CallRecord
from metrics_app.record import DatabaseBooks
from sessions_app.models import PracticeSession


class TalkBooks(DatabaseBooks):
    """For calls whose subject is about a practice session."""

    def keep(self, key: str, answer: str, days: int, call: CallRecord) -> None:
        """An answer that arrives after its talk was deleted is paid, and its record all there is.

        The lock makes a deletion wait, which then finds the answer and takes it along.
        """
        with transaction.atomic():
            there = _hold(call.subject.about)
            super().keep(key, answer, days if there else 0, call)


def _hold(session_id: UUID | None) -> bool:
    talks = PracticeSession.objects.select_for_update(of=("self",), no_key=True)
    return session_id is not None and bool(talks.filter(pk=session_id).values_list("pk"))
