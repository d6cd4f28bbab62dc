"""What others may read of alerts."""

from __future__ import annotations

from django.db.models import QuerySet

from metrics_app.models import Alert


def open_alerts() -> QuerySet[Alert]:
    """The critical ones first, of these the latest."""
    return Alert.objects.filter(closed_at=None).order_by("severity", "-opened_at")


def recent_alerts(limit: int) -> list[Alert]:
    """Those that are over, the latest first, each with its notices."""
    over = Alert.objects.exclude(closed_at=None).order_by("-closed_at")
    return list(over.prefetch_related("deliveries")[:limit])
