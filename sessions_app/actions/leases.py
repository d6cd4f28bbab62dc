"""Holding a run: one worker at a time, by a token that every write has to show.

Times are the database's own, so that clocks of several hosts need not agree.
"""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, When
from django.db.models.functions import Coalesce, Now

from sessions_app.actions.endings import record_end
from sessions_app.actions.mails import plan_mail
from sessions_app.models import RunState, SessionRun, unattended

NOT_WAITING: Final[dict[str, Any]] = {
    "waiting_reason": "",
    "waiting_since": None,
    "next_try_at": None,
}


class LeaseLost(Exception):
    """Somebody else works on the run now, or it is over: write nothing more."""


@dataclass(frozen=True, slots=True)
class Lease:
    run_id: UUID
    token: UUID


@dataclass(frozen=True, slots=True)
class Pulse:
    """What a heartbeat learns: does the lease still hold, and does anybody want the run to end?"""

    held: bool
    cancel_requested: bool


def _expiry() -> Now:
    return Now() + timedelta(seconds=settings.LEASE_SECONDS)  # type: ignore[return-value]


def claim_run(*, run_id: UUID) -> Lease | None:
    """Take the run, or `None` when another worker got there first, nothing is left to do, or it
    waits for the model and the time of its next try has not come.

    A token found in place belonged to a worker that died. So many deaths in a row without a
    finished stage put the run into quarantine instead.
    """
    lease = Lease(run_id, uuid.uuid4())
    claimed = SessionRun.objects.filter(unattended(), pk=run_id).update(
        lease_token=lease.token,
        lease_expires_at=_expiry(),
        worker=f"{socket.gethostname()}:{os.getpid()}",
        state=RunState.PROCESSING,
        attempts=F("attempts") + 1,
        deaths=Case(When(lease_token=None, then=F("deaths")), default=F("deaths") + 1),
        started_at=Coalesce("started_at", Now()),
        next_try_at=None,
    )
    if not claimed or _quarantine(lease):
        return None
    return lease


@transaction.atomic
def _quarantine(lease: Lease) -> bool:
    condemned = SessionRun.objects.filter(
        pk=lease.run_id,
        lease_token=lease.token,
        cancel_requested=False,
        deaths__gte=settings.QUARANTINE_DEATHS,
    )
    if not condemned.update(
        state=RunState.QUARANTINED,
        lease_token=None,
        lease_expires_at=None,
        finished_at=Now(),
    ):
        return False
    run = SessionRun.objects.get(pk=lease.run_id)
    plan_mail(run)
    record_end(run)
    return True


def renew_lease(lease: Lease) -> Pulse:
    mine = SessionRun.objects.filter(pk=lease.run_id, lease_token=lease.token)
    if not mine.update(lease_expires_at=_expiry()):
        return Pulse(held=False, cancel_requested=False)
    wanted = mine.values_list("cancel_requested", flat=True).first()
    return Pulse(held=True, cancel_requested=bool(wanted))


def hand_back(lease: Lease) -> None:
    """Let go of a run that is not finished, so that any worker may take it at once."""
    SessionRun.objects.filter(pk=lease.run_id, lease_token=lease.token).update(
        lease_token=None, lease_expires_at=None, state=RunState.QUEUED
    )


def record_death(lease: Lease, *, cause: str) -> None:
    """Let go after a failure nobody foresaw; counts like a killed worker."""
    SessionRun.objects.filter(pk=lease.run_id, lease_token=lease.token).update(
        lease_token=None,
        lease_expires_at=None,
        state=RunState.QUEUED,
        deaths=F("deaths") + 1,
        problem_detail=cause,
    )


@contextmanager
def fenced(lease: Lease) -> Iterator[SessionRun]:
    """A transaction in which the run is ours. Raises `LeaseLost` before anything is written."""
    with transaction.atomic():
        run = (
            SessionRun.objects.select_for_update()
            .filter(pk=lease.run_id, lease_token=lease.token)
            .first()
        )
        if run is None:
            raise LeaseLost(f"run {lease.run_id}")
        yield run
