"""What other systems may read of the record of model calls."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from metrics_app.models import Call

__all__ = ["Call", "calls_of_run"]


def calls_of_run(run_id: UUID) -> QuerySet[Call]:
    """The calls of one run in the order they were made."""
    return Call.objects.filter(run_id=run_id).order_by("started_at", "id")
