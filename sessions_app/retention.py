"""How long recordings are kept. What was measured from them stays."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from sessions_app.models import LIVE_STATES, PracticeSession


def expired_talks() -> QuerySet[PracticeSession]:
    """Talks older than `MEDIA_RETENTION_DAYS` that still have a recording, oldest first.

    With 0 days recordings are kept for ever. A talk that is being processed waits for the end.
    """
    if not settings.MEDIA_RETENTION_DAYS:
        return PracticeSession.objects.none()
    before = timezone.now() - timedelta(days=settings.MEDIA_RETENTION_DAYS)
    return (
        PracticeSession.objects.filter(created_at__lt=before)
        .exclude(media="")
        .exclude(latest_run__state__in=LIVE_STATES)
        .order_by("created_at")
    )
