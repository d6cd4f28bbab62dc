"""What is recorded so late that its hour may have been added up without it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Model
from django.utils import timezone

from metrics_app.models import LateRow
from metrics_app.windows import hour_of

GRACE: Final = timedelta(minutes=5)
"""So long after its end an hour is added up."""


def begin_of_now(now: datetime | None = None) -> datetime:
    """The first hour that is not added up yet."""
    return hour_of((now or timezone.now()) - GRACE)


def note_if_late(table: type[Model], moment: datetime) -> None:
    """In the transaction that writes the row, or changes what its hour adds up."""
    if moment < begin_of_now():
        LateRow.objects.create(table=_name(table), hour=hour_of(moment))


def late_hours(table: type[Model]) -> dict[datetime, list[int]]:
    """Hours to be added up again, each with the notes that say so."""
    found: dict[datetime, list[int]] = defaultdict(list)
    for pk, hour in LateRow.objects.filter(table=_name(table)).values_list("pk", "hour"):
        found[hour].append(pk)
    return found


def forget(notes: Iterable[int]) -> None:
    LateRow.objects.filter(pk__in=notes).delete()


def _name(table: type[Model]) -> str:
    return str(table._meta.model_name)
