"""What the runs of one person, with one variant of a flag, come to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.db.models import Case, F, FloatField, Func, OuterRef, Subquery, When
from django.db.models.fields.json import KT

from metrics_app.alerts.readings import PEOPLE_WAIT
from metrics_app.experiments.means import Tally
from metrics_app.models import Call, Outcome, Run
from metrics_app.windows import Window

_FAILURES: Final = (Outcome.FAILED, Outcome.QUARANTINED)
_SUM_IF_ALL_KNOWN: Final = """
    CASE WHEN COUNT(*) = COUNT(%(expressions)s) THEN COALESCE(SUM(%(expressions)s), 0) END
"""
_PRICE: Final = Func(F("cost_usd"), template=_SUM_IF_ALL_KNOWN, output_field=FloatField())
_OF_A_RUN: Final = ("queue", "outcome", "total_ms", "regenerated", "usd")  # as `Ended` has them
_CALLS: Final = Call.objects.filter(run_id=OuterRef("run_id")).order_by()
_USD: Final = Case(
    # without its number the calls of a run cannot be found any more
    When(run_id__isnull=False, then=Subquery(_CALLS.annotate(price=_PRICE).values("price")))
)


class Ended(NamedTuple):
    """A run with one of the variants. `usd` is `None` where the price of a call is not known."""

    on: bool
    person: int
    queue: str
    outcome: str
    total_ms: int | None
    regenerated: bool | None
    usd: float | None

    @property
    def time(self) -> int | None:
        """Milliseconds of a completed run that somebody waited for, as the key figures count them:
        others may have stopped anywhere, and a rough draft takes minutes.
        """
        counts = self.outcome == Outcome.COMPLETED and self.queue == PEOPLE_WAIT
        return self.total_ms if counts else None

    @property
    def failed(self) -> bool | None:
        return None if self.outcome == Outcome.CANCELLED else self.outcome in _FAILURES

    @property
    def cost(self) -> float | None:
        return None if self.outcome == Outcome.CANCELLED else self.usd


@dataclass(frozen=True, slots=True)
class Person:
    """`runs` are all of theirs, and each tally is of those that have such a value: milliseconds,
    failed ones, ones with the regenerated coaching, US dollars.
    """

    on: bool
    runs: int
    time: Tally
    failed: Tally
    regenerated: Tally
    cost: Tally


def ended_runs(flag: str, window: Window, kind: str) -> list[Ended]:
    """Those that know which variant they had. One query.

    Nobody's name: runs of people who are gone count as one person each, numbered below 0.
    """
    rows = (
        Run.objects.filter(kind=kind, finished_at__gte=window.since, finished_at__lt=window.until)
        .annotate(variant=KT(f"variants__{flag}"), usd=_USD)
        .filter(variant__in=("true", "false"))
        .order_by()
        .values_list("variant", "pk", "owner_id", *_OF_A_RUN)
    )
    return [
        Ended(variant == "true", -pk if owner_id is None else owner_id, *values)
        for variant, pk, owner_id, *values in rows
    ]


def people(runs: Iterable[Ended]) -> list[Person]:
    """Once for each variant they had."""
    theirs: dict[tuple[bool, int], list[Ended]] = defaultdict(list)
    for run in runs:
        theirs[run.on, run.person].append(run)
    return [_person(on, own) for (on, _), own in theirs.items()]


def _person(on: bool, runs: Sequence[Ended]) -> Person:
    return Person(
        on=on,
        runs=len(runs),
        time=_tally(run.time for run in runs),
        failed=_tally(run.failed for run in runs),
        regenerated=_tally(run.regenerated for run in runs),
        cost=_tally(run.cost for run in runs),
    )


def _tally(values: Iterable[float | None]) -> Tally:
    known = [value for value in values if value is not None]
    return Tally(len(known), sum(known))
