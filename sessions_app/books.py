"""The books of talks: what was answered about one is kept no longer than the talk."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.db import transaction

from ai.ledger import CallRecord
from metrics_app.record import DatabaseBooks
from metrics_app.tolerance import work_goes_on
from sessions_app.models import PracticeSession


class TalkBooks(DatabaseBooks):
    """For calls whose subject is about a practice session.

    What comes in after its talk was deleted is paid, and a record without the name of its run all
    there is. The lock makes a deletion wait, which then finds what was written and sees to it.
    """

    def record(self, call: CallRecord) -> None:
        with work_goes_on("a model call was not recorded"):
            there = _hold(call.subject.about)
            super().record(call if there else _nameless(call))

    def keep(self, key: str, answer: str, days: int, call: CallRecord) -> None:
        with transaction.atomic():
            if _hold(call.subject.about):
                super().keep(key, answer, days, call)
            else:
                super().keep(key, answer, 0, _nameless(call))


def _hold(session_id: UUID | None) -> bool:
    talks = PracticeSession.objects.select_for_update(of=("self",), no_key=True)
    return session_id is not None and bool(talks.filter(pk=session_id).values_list("pk"))


def _nameless(call: CallRecord) -> CallRecord:
    """Its owner, whose spending it is, may still be here."""
    return replace(call, subject=replace(call.subject, run_id=None))
