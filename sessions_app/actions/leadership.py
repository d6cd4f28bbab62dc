"""Which scheduler process leads: a lease in the database, taken by compare-and-set."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Now

from sessions_app.models import SchedulerLease


def lead(*, token: UUID, seconds: float) -> bool:
    """Take or keep the lead for so many seconds; `False` while another process has it."""
    SchedulerLease.objects.get_or_create(pk=1)
    free = Q(token=token) | Q(token=None) | Q(expires_at__lt=Now())
    taken = SchedulerLease.objects.filter(free, pk=1).update(
        token=token, expires_at=Now() + timedelta(seconds=seconds)
    )
    return bool(taken)


def resign(*, token: UUID) -> None:
    SchedulerLease.objects.filter(pk=1, token=token).update(token=None, expires_at=None)
