"""Telling people by mail how a run ended that they may have stopped waiting for."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from sessions_app import doorbell
from sessions_app.models import PracticeSession, SessionRun


def plan_mail(run: SessionRun) -> None:
    """Within the transaction in which the run ends, and before it becomes its session's report.

    To who wants it, until there is a first report: later runs are started by people in front of
    their report, or by staff for many talks at once.
    """
    first = PracticeSession.objects.filter(pk=run.session_id, current_run=None)
    if first.filter(owner__mail_when_done=True).exists():
        transaction.on_commit(partial(doorbell.ring_for_mail, run.pk))
