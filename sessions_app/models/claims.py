"""What waits for a worker: the conditions under which it may be rung for, and taken."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db.models import Q
from django.db.models.functions import Now

from sessions_app.models.runs import LIVE_STATES, RunState, StageState
from sessions_app.stages.outputs import StageName

EMBEDDING_ATTEMPTS: Final = 5
EMBEDDING_STALE: Final = timedelta(minutes=10)
"""Its worker has died: the calls of one attempt end long before."""
_PAUSES: Final = [timedelta(minutes=4**n) for n in range(EMBEDDING_ATTEMPTS - 1)]
"""1, 4, 16 and 64 minutes after the start of the last attempt."""


def unattended() -> Q:
    """Of runs: live, held by no living worker, and not waiting for their next try."""
    free = Q(lease_token=None) | Q(lease_expires_at__lt=Now())
    due = ~Q(state=RunState.WAITING_FOR_MODEL) | Q(next_try_at=None) | Q(next_try_at__lte=Now())
    return free & due & Q(state__in=LIVE_STATES)


def embedding_due() -> Q:
    """Of stages: embeddings never tried, whose pause after a failure is over, or left behind."""
    waiting = Q(attempt=0)
    for attempt, pause in enumerate(_PAUSES, start=1):
        waiting |= Q(attempt=attempt, started_at__lte=Now() - pause)
    left = Q(state=StageState.RUNNING, started_at__lt=Now() - EMBEDDING_STALE)
    pending = Q(state=StageState.PENDING) & waiting
    return Q(stage=StageName.EMBEDDINGS) & (pending | left)
