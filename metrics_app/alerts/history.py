"""How long alerts are kept that are over."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from metrics_app.models import Alert, AlertDelivery


def forget_old_alerts(before: datetime) -> int:
    """Delete the alerts that were over by then, each with its notices; how many alerts these were.

    One that is open stays, however old; of it the notices go that are older.
    """
    with transaction.atomic():
        _rows, by_model = Alert.objects.filter(closed_at__lt=before).delete()
        AlertDelivery.objects.filter(at__lt=before).delete()
    return by_model.get(Alert._meta.label, 0)
