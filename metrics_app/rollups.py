"""Add up the calls and runs of every hour (UTC) that is over.

An hour is added up some minutes after its end, twice more in the hours after that, and whenever
something was recorded late. It only grows: where there are fewer rows than it was made from, these
have been purged.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Max, Model, QuerySet, Sum
from django.db.models.functions import TruncHour

from metrics_app import late
from metrics_app.adding_up import added_up
from metrics_app.hourly_books import CALLS, RUNS, Book
from metrics_app.stage_hours import add_up_stages
from metrics_app.totals import keep_up
from metrics_app.windows import HOUR, hour_of

AGAIN: Final = 2 * HOUR
"""So far back it looks again: longer than a clock is wrong, or a record on its way when its hour
was over."""
AT_A_TIME: Final = 200  # rows of one statement


def roll_up(since: datetime | None = None, now: datetime | None = None) -> int:
    """Add up what is new or was recorded late, and every hour from that of `since` on again; how
    many hours were written.

    Safe to be called again, and by several at once.
    """
    until = late.begin_of_now(now)
    return sum(_roll_up(book, since, until) for book in (CALLS, RUNS))


def rows_and_known(book: Book, hour: datetime) -> tuple[int, int]:
    """How many rows an hour has, and how many it was made from when it was added up last."""
    known = book.hours._default_manager.filter(hour=hour).aggregate(n=Sum(book.count))["n"]
    return rows_of(book, hour).count(), known or 0


def rows_of(book: Book, hour: datetime) -> QuerySet[Any]:
    between = {f"{book.moment}__gte": hour, f"{book.moment}__lt": hour + HOUR}
    return book.rows._default_manager.filter(**between).order_by()


def hours_with_rows(book: Book, since: datetime | None, until: datetime) -> list[datetime]:
    """The hours that have rows, from `since` or the first one on, the earliest first."""
    rows = book.rows._default_manager.filter(**{f"{book.moment}__lt": until})
    if since is not None:
        rows = rows.filter(**{f"{book.moment}__gte": since})
    hours = rows.order_by().values_list(TruncHour(book.moment, tzinfo=UTC)).distinct()
    return sorted(hour for (hour,) in hours)


def add_up(book: Book, hour: datetime) -> bool:
    """`False` where rows of the hour have been purged."""
    with _alone(book.hours):
        rows, known = rows_and_known(book, hour)
        if rows < known:
            return False
        found = list(added_up(book, rows_of(book, hour)))
        keep_up(book, hour, found)
        book.hours._default_manager.bulk_create(
            [book.hours(hour=hour, **fields) for fields in found],
            batch_size=AT_A_TIME,
            update_conflicts=True,
            unique_fields=["hour", *book.keys],
            update_fields=[*book.sums, *book.spreads, "milliseconds"],
        )
        if book is RUNS:
            add_up_stages(hour)
    return True


def _roll_up(book: Book, since: datetime | None, until: datetime) -> int:
    """What was noted before the rows are read is among them. From the earliest hour on: there is
    never one left out below one that was added up.
    """
    notes = late.late_hours(book.rows)
    hours = {*hours_with_rows(book, _first(book, since), until), *notes}
    written = 0
    for hour in sorted(hour for hour in hours if hour < until):
        written += add_up(book, hour)
        late.forget(notes.get(hour, ()))
    return written


def _first(book: Book, since: datetime | None) -> datetime | None:
    """The first hour to be looked at, `None` for the first that has rows: nothing that is new is
    left out for a `since` that comes after it.
    """
    last = book.hours._default_manager.aggregate(last=Max("hour"))["last"]
    if last is None:
        return None
    first: datetime = last + HOUR - AGAIN
    return first if since is None else min(first, hour_of(since))


@contextmanager
def _alone(table: type[Model]) -> Iterator[None]:
    """One after the other, so that nobody writes what another has counted better meanwhile.

    Transactions of SQLite are immediate (see the settings) and do this by themselves.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                name = connection.ops.quote_name(table._meta.db_table)
                cursor.execute(f"LOCK TABLE {name} IN SHARE ROW EXCLUSIVE MODE")
        yield
