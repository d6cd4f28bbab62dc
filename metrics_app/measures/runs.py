"""Runs that have ended: how long they took, how they ended, how good they were."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Any, Final, Literal

from django.db.models import Avg, Count, F, Q, QuerySet, Sum

from metrics_app.hourly_books import RUNS
from metrics_app.measures import exact, hours
from metrics_app.measures.groups import Key, fields, grouped
from metrics_app.models import HourlyRuns, HourlyStages, Outcome, Run, StageTiming
from metrics_app.queries import CAME_DOWN, PARALLEL, WHOLE
from metrics_app.spread import Spread
from metrics_app.windows import EVERYTHING, Scope, Window

LAST_RUNS: Final = 50
STAGES: Final = 5  # of a run, about
BY_STAGE: Final = ("stage",)
FAILURES: Final = (Outcome.FAILED, Outcome.QUARANTINED)

By = Literal["", "kind", "mode", "queue"]


@dataclass(frozen=True, slots=True)
class RunTotals:
    """`asked_model`: runs that were to have their calls side by side, and came as far as that;
    `parallel` are those of them that did and were completed. `degraded`: less was done than was
    asked for, whatever it was. None of these is a run that somebody cancelled. `checked`: rules and
    model were compared, `regenerated`: the coaching was regenerated after that. `difference` is the
    mean difference that was found, a share, `None` where there is none or nobody looked.
    """

    runs: int
    by_outcome: Mapping[str, int]
    parallel: int
    asked_model: int
    degraded: int
    checked: int
    regenerated: int
    difference: float | None

    @property
    def error_rate(self) -> float | None:
        """Of runs that nobody cancelled."""
        return _share(sum(self.by_outcome.get(outcome, 0) for outcome in FAILURES), self._ended)

    @property
    def parallel_rate(self) -> float | None:
        return _share(self.parallel, self.asked_model)

    @property
    def fallback_rate(self) -> float | None:
        """Degraded ones, of runs that nobody cancelled."""
        return _share(self.degraded, self._ended)

    @property
    def regeneration_rate(self) -> float | None:
        return _share(self.regenerated, self.checked)

    @property
    def _ended(self) -> int:
        return self.runs - self.by_outcome.get(Outcome.CANCELLED, 0)


@dataclass(frozen=True, slots=True)
class Alike:
    """Runs that share a mode and an outcome; `came_down` ones left the parallel way."""

    mode: str
    outcome: str
    runs: int
    degraded: int
    came_down: int
    checked: int
    regenerated: int


# in the order of `Alike`
SUMS: Final = {
    "runs": Count("id"),
    "less": Count("id", filter=Q(degraded=True)),
    "down": Count("id", filter=CAME_DOWN),
    "checked": Count("regenerated"),
    "again": Count("id", filter=Q(regenerated=True)),
}
HOURLY_SUMS: Final = {
    "all": Sum("runs"),
    "less": Sum("degraded"),
    "down": Sum("came_down"),
    "compared": Sum("checked"),
    "again": Sum("regenerated"),
}


class RunsIn:
    """The runs that ended in a window.

    Whether hours will do is looked up once: figures of one page come from one of these.
    """

    def __init__(self, window: Window, scope: Scope = EVERYTHING) -> None:
        self._window, self._scope = window, scope

    def durations(self, *by: By) -> dict[str, dict[str, Spread]]:
        """From their first worker to their end, of completed runs that took nothing over from an
        earlier one, for each of the fields `by` as `exact.spreads` groups them.
        """
        parts = self._parts
        if parts is None:
            return exact.spreads(completed(self._rows(self._window)), "total_ms", by)
        rows, ends = completed(parts.hours), completed(self._rows(*parts.ends))
        if parts.few:
            return exact.spreads(ends, "total_ms", by, rows)
        return hours.spreads(rows, "total", ends, "total_ms", by)

    def totals(self, *by: By) -> dict[str, dict[str, RunTotals]]:
        """For each of the fields `by`: by its value, in its order; all under "" for the empty one.
        Hours say the same as their rows, however few these are.
        """
        keys, parts = fields(by), self._parts
        if parts is None:
            found = alike(self._rows(self._window), keys)
        else:
            found = alike(self._rows(*parts.ends), keys, parts.hours)
        return {each: by_group(found, keys, each) for each in by}

    def difference(self) -> float | None:
        """The mean one between rules and model, of runs that are still there: hours do not know it.
        `None` without any.
        """
        rows = self._rows(self._window)
        found: float | None = rows.aggregate(mean=Avg("agreement_difference"))["mean"]
        return found

    def stages(self) -> dict[str, Spread]:
        """How long the stages took that ended, in no order: of the runs that `durations` are of."""
        parts = self._parts
        if parts is None:
            return exact.spreads(self._times(self._window), "duration_ms", BY_STAGE)["stage"]
        before, after = parts.ends
        between = {"hour__gte": before.until, "hour__lt": after.since}
        stored = HourlyStages.objects.filter(**between, **self._only).order_by()
        ends = self._times(before, after)
        if parts.few and parts.rows * STAGES <= hours.ROWS_AT_MOST:
            return exact.spreads(ends, "duration_ms", BY_STAGE, stored)["stage"]
        return hours.spreads(stored, "durations", ends, "duration_ms", BY_STAGE)["stage"]

    def stages_in_order(self) -> dict[str, Spread]:
        """As a run goes through them. Two queries more."""
        found = self.stages()
        order = _in_order(self._rows(self._window)) if found else []
        return {stage: found[stage] for stage in sorted(found, key=_place_in(order))}

    @cached_property
    def _parts(self) -> hours.Parts | None:
        return hours.parts(RUNS, self._window, self._only)

    def _rows(self, *windows: Window) -> QuerySet[Run]:
        return Run.objects.filter(hours.within(RUNS.moment, windows), **self._only).order_by()

    def _times(self, *windows: Window) -> QuerySet[StageTiming]:
        """Runs have their numbers in about the order of their ends: a database that is told the
        first and the last one need not look at the stages of all.
        """
        near = (_between_ends(self._rows(window)) for window in windows)
        return StageTiming.objects.filter(
            reduce(or_, near), run__in=self._rows(*windows).filter(WHOLE)
        )

    @property
    def _only(self) -> dict[str, str]:
        """Fields of a run, and of an hour."""
        only = {"kind": self._scope.kind, "queue": self._scope.priority}
        return {name: value for name, value in only.items() if value}


def durations(window: Window, scope: Scope = EVERYTHING, by: By = "") -> dict[str, Spread]:
    return RunsIn(window, scope).durations(by)[by]


def stage_durations(window: Window, scope: Scope = EVERYTHING) -> dict[str, Spread]:
    return RunsIn(window, scope).stages_in_order()


def totals(window: Window, scope: Scope = EVERYTHING, by: By = "") -> dict[str, RunTotals]:
    return RunsIn(window, scope).totals(by)[by]


def completed(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Others may have stopped anywhere: how long they took says nothing."""
    return rows.filter(outcome=Outcome.COMPLETED)


def alike(
    rows: QuerySet[Run], keys: Sequence[str], hours: QuerySet[HourlyRuns] | None = None
) -> list[tuple[Key, Alike]]:
    """Rows, and `hours` beside them, in one query."""
    names = _names(keys)
    found = rows.values(*names).annotate(**SUMS).order_by()
    if hours is not None:
        added = hours.values(*names).annotate(**HOURLY_SUMS).order_by()
        found = found.union(added, all=True)
    return [(tuple(row[name] for name in keys), _alike(row)) for row in found]


def by_group(
    alike: Iterable[tuple[Key, Alike]], keys: Sequence[str], by: str
) -> dict[Any, RunTotals]:
    return {group: added_up(rows) for group, rows in grouped(alike, keys, by).items()}


def added_up(rows: Sequence[Alike]) -> RunTotals:
    """Without the difference, which is no sum."""
    outcomes: Counter[str] = Counter()
    for row in rows:
        outcomes.update({row.outcome: row.runs})
    ended = [row for row in rows if row.outcome != Outcome.CANCELLED]
    side_by_side = [row for row in ended if row.mode == PARALLEL]
    came_down = sum(row.came_down for row in ended)
    return RunTotals(
        runs=outcomes.total(),
        by_outcome=dict(outcomes.most_common()),
        parallel=sum(row.runs for row in side_by_side if row.outcome == Outcome.COMPLETED),
        asked_model=sum(row.runs for row in side_by_side) + came_down,
        degraded=sum(row.degraded for row in ended),
        checked=sum(row.checked for row in rows),
        regenerated=sum(row.regenerated for row in rows),
        difference=None,
    )


def _between_ends(runs: QuerySet[Run]) -> Q:
    """Of stages: from the first of the runs to the last. Ordered by the numbers themselves a
    database would walk through all runs there are to find them.
    """
    numbers, number = runs.values("pk"), F("pk") + 0
    first, last = numbers.order_by(number)[:1], numbers.order_by(number.desc())[:1]
    return Q(run__gte=first, run__lte=last)


def _names(keys: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(["mode", "outcome", *keys]))


def _alike(row: Mapping[str, Any]) -> Alike:
    """PostgreSQL's sums of sums are decimals."""
    return Alike(row["mode"], row["outcome"], *(int(row[name]) for name in SUMS))


def _in_order(runs: QuerySet[Run]) -> list[str]:
    """Of the run that has the most of them among the last ones: others began further on."""
    last = list(runs.order_by("-finished_at").values_list("pk", flat=True)[:LAST_RUNS])
    stages: dict[int, list[str]] = defaultdict(list)
    rows = StageTiming.objects.filter(run__in=last).order_by("id").values_list("run_id", "stage")
    for run, stage in rows:
        stages[run].append(stage)
    return max(stages.values(), key=len, default=[])


def _place_in(order: Sequence[str]) -> Callable[[str], tuple[int, str]]:
    """What is not in there comes last."""
    return lambda stage: (order.index(stage) if stage in order else len(order), stage)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
