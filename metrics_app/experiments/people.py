"""What the runs of one person, with one variant of a flag, come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import (
    Case,
    Count,
    DecimalField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models import (
    Window as Over,
)
from django.db.models.functions import Coalesce, RowNumber

from metrics_app.experiments.means import Tally
from metrics_app.models import Call, Outcome, Run
from metrics_app.windows import Window

_ENDED: Final = ~Q(outcome=Outcome.CANCELLED)
_TIMED: Final = Q(outcome=Outcome.COMPLETED, total_ms__isnull=False)
_FAILED: Final = Q(outcome__in=(Outcome.FAILED, Outcome.QUARANTINED))
_CALLS = Call.objects.filter(run_id=OuterRef("run_id")).order_by()
_PRICED: Final = Q(_ENDED, ~Q(Exists(_CALLS.filter(cost_usd=None))), run_id__isnull=False)
_COST = Coalesce(
    Subquery(_CALLS.values("run_id").values(usd=Sum("cost_usd"))),
    Value(0),
    output_field=DecimalField(max_digits=14, decimal_places=8),
)


@dataclass(frozen=True, slots=True)
class Person:
    """Cancelled runs count in `runs` alone. Times in milliseconds, of completed runs; `cost` in US
    dollars, of runs whose every call has a known price. `failed` and `regenerated` are counted.
    """

    on: bool
    runs: int
    time: Tally
    failed: Tally
    regenerated: Tally
    cost: Tally


def people(flag: str, window: Window, kind: str) -> list[Person]:
    """Nobody's name: runs of people who are gone count as one person each. One query."""
    rows = (
        _runs(flag, window, kind)
        .annotate(person=Coalesce("owner_id", -F("id")), cost=_COST)
        .values("person", "on")
        .annotate(
            runs=Count("id"),
            timed=Count("id", filter=_TIMED),
            time=Sum("total_ms", filter=_TIMED),
            ended=Count("id", filter=_ENDED),
            failed=Count("id", filter=_FAILED),
            checked=Count("id", filter=Q(regenerated__isnull=False)),
            again=Count("id", filter=Q(regenerated=True)),
            priced=Count("id", filter=_PRICED),
            usd=Sum("cost", filter=_PRICED),
        )
        .order_by()
    )
    return [_person(row) for row in rows]


def median_times(flag: str, window: Window, kind: str) -> dict[bool, float]:
    """Milliseconds of completed runs by variant, those with a run. One query."""
    rank = Over(RowNumber(), partition_by=F("on"), order_by=F("total_ms").asc())
    count = Over(Count("id"), partition_by=F("on"))
    middle = (
        _runs(flag, window, kind)
        .filter(_TIMED)
        .annotate(rank=rank, count=count)
        .filter(rank__gte=F("count") / 2.0, rank__lte=F("count") / 2.0 + 1)
        .values_list("on", "total_ms")
    )
    found: dict[bool, list[int]] = {}
    for on, total_ms in middle:
        if total_ms is not None:  # as filtered
            found.setdefault(on, []).append(total_ms)
    return {on: sum(times) / len(times) for on, times in found.items()}


def _runs(flag: str, window: Window, kind: str) -> QuerySet[Run]:
    """Those that know which variant they had, `on`."""
    on, off = ({f"variants__{flag}": variant} for variant in (True, False))
    return Run.objects.filter(
        Q(**on) | Q(**off),
        kind=kind,
        finished_at__gte=window.since,
        finished_at__lt=window.until,
    ).annotate(on=Case(When(**on, then=Value(True)), default=Value(False)))


def _person(row: Mapping[str, Any]) -> Person:
    return Person(
        on=row["on"],
        runs=row["runs"],
        time=Tally(row["timed"], row["time"] or 0),
        failed=Tally(row["ended"], row["failed"]),
        regenerated=Tally(row["checked"], row["again"]),
        cost=Tally(row["priced"], float(row["usd"] or 0)),
    )
