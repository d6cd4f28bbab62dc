"""How long recordings and unfinished uploads are kept. What was measured from recordings stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts_app.models import User
from sessions_app.models import LIVE_STATES, PracticeSession, Upload


def expired_talks() -> QuerySet[PracticeSession]:
    """Talks that still have a recording older than `MEDIA_RETENTION_DAYS`, or than their owner
    wants it to get, oldest first.

    With 0 days recordings are kept until their owner says otherwise. A talk that is being processed
    waits for the end.
    """
    return (
        PracticeSession.objects.filter(_expired())
        .exclude(media="")
        .exclude(latest_run__state__in=LIVE_STATES)
        .order_by("created_at")
    )


def _expired() -> Q:
    """What the server keeps for a shorter time goes before its owner's days are over."""
    server: int = settings.MEDIA_RETENTION_DAYS
    expired = Q(created_at__lt=_days_ago(server)) if server else Q(pk__in=())
    for days in User.objects.values_list("media_retention_days", flat=True).distinct():
        if days is not None:
            expired |= Q(owner__media_retention_days=days, created_at__lt=_days_ago(days))
    return expired


def _days_ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def stale_uploads() -> QuerySet[Upload]:
    """Uploads untouched for `UPLOAD_KEEP_HOURS`, and the record of those that became a talk."""
    before = timezone.now() - timedelta(hours=settings.UPLOAD_KEEP_HOURS)
    return Upload.objects.filter(touched_at__lt=before)
