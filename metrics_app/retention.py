"""How long calls and runs are kept one by one. Their hours stay."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from metrics_app.hourly_books import CALLS, RUNS, Book
from metrics_app.rollups import add_up, hours_with_rows, rows_and_known, rows_of
from metrics_app.windows import hour_of

HOURS_AT_ONCE: Final = 48  # there is another time


def purge(now: datetime | None = None) -> int:
    """Delete the calls and runs older than `METRICS_KEEP_DAYS`, by whole hours, when all of an hour
    has been added up; how many these were. At most two days' worth at once. With 0 days all stay.
    """
    if not settings.METRICS_KEEP_DAYS:
        return 0
    until = hour_of((now or timezone.now()) - timedelta(days=settings.METRICS_KEEP_DAYS))
    return sum(
        _purge(book, hour)
        for book in (CALLS, RUNS)
        for hour in hours_with_rows(book, None, until)[:HOURS_AT_ONCE]
    )


def _purge(book: Book, hour: datetime) -> int:
    """An hour is added up before; what came in since then waits for the next time."""
    with transaction.atomic():
        add_up(book, hour)
        rows, known = rows_and_known(book, hour)
        if rows > known:
            return 0
        rows_of(book, hour).delete()
    return rows
