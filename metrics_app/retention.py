"""How long calls, runs and alerts are kept one by one. Hours stay."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from metrics_app.alerts.history import forget_old_alerts
from metrics_app.hourly_books import CALLS, RUNS, Book
from metrics_app.models import HourlyCalls, HourlyRuns, HourlyStages
from metrics_app.rollups import add_up, hours_with_rows, rows_and_known, rows_of
from metrics_app.windows import hour_of

HOURS_AT_ONCE: Final = 48  # there is another time


def purge(now: datetime | None = None) -> int:
    """Delete the calls and runs older than `METRICS_KEEP_DAYS`, by whole hours, when all of an hour
    has been added up; how many these were. At most two days' worth at once. Alerts that have been
    over for as long go too. With 0 days all stay.
    """
    if not settings.METRICS_KEEP_DAYS:
        return 0
    before = (now or timezone.now()) - timedelta(days=settings.METRICS_KEEP_DAYS)
    forget_old_alerts(before)
    return sum(
        _purge(book, hour)
        for book in (CALLS, RUNS)
        for hour in hours_with_rows(book, None, hour_of(before))[:HOURS_AT_ONCE]
    )


def _tables(book: Book) -> tuple[type[models.Model], ...]:
    return (HourlyRuns, HourlyStages) if book is RUNS else (HourlyCalls,)


def _purge(book: Book, hour: datetime) -> int:
    """An hour is added up before; what came in since then waits for the next time. What it holds
    one by one goes with the rows.
    """
    with transaction.atomic():
        add_up(book, hour)
        rows, known = rows_and_known(book, hour)
        if rows > known:
            return 0
        _all, by_model = rows_of(book, hour).delete()
        gone = by_model.get(book.rows._meta.label, 0)
        if gone > rows:
            transaction.set_rollback(True)
            return 0
        for table in _tables(book):
            table._default_manager.filter(hour=hour).update(milliseconds=None)
    return gone
