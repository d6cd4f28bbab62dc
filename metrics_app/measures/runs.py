"""Runs that have ended: how long they took, how they ended, how good they were."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final, Literal

from django.db.models import Count, Q, QuerySet, Sum

from metrics_app.hourly_books import RUNS
from metrics_app.measures import hours
from metrics_app.measures.exact import spreads
from metrics_app.models import HourlyRuns, Outcome, Run, StageTiming
from metrics_app.spread import Spread
from metrics_app.windows import EVERYTHING, Scope, Window

PARALLEL: Final = "parallel"  # the mode of a run whose calls went side by side
LAST_RUNS: Final = 50
FAILURES: Final = (Outcome.FAILED, Outcome.QUARANTINED)

By = Literal["", "kind", "mode", "queue"]


@dataclass(frozen=True, slots=True)
class RunTotals:
    """`asked_model`: runs that were to have their calls side by side, as far as they show it:
    those that had, in `parallel`, and those that came down to another mode. `degraded`: less
    was done than was asked for, whatever it was. `checked`: rules and model were compared,
    `regenerated`: the coaching was written anew after that. `difference` is the mean difference
    that was found, a share, `None` where there is none or only hours are left.
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
    """Runs that share a group, a mode and an outcome."""

    group: Any
    mode: str
    outcome: str
    runs: int
    degraded: int
    checked: int
    regenerated: int
    differences: int = 0
    difference: float | None = None  # their sum


# in the order of `Alike`
SUMS: Final = {
    "runs": Count("id"),
    "less": Count("id", filter=Q(degraded=True)),
    "checked": Count("regenerated"),
    "again": Count("id", filter=Q(regenerated=True)),
    "differences": Count("agreement_difference"),
    "difference": Sum("agreement_difference"),
}
HOURLY_SUMS: Final = {
    "all": Sum("runs"),
    "less": Sum("degraded"),
    "compared": Sum("checked"),
    "again": Sum("regenerated"),
}


def durations(window: Window, scope: Scope = EVERYTHING, by: By = "") -> dict[str, Spread]:
    """From their first worker to their end, however that was."""
    wide = _parts(window, scope)
    if wide is None:
        return spreads(runs_in(window, scope), "total_ms", by)
    ends = [runs_in(end, scope) for end in wide.ends]
    return hours.spreads(wide.hours, "total", ends, "total_ms", by)


def stage_durations(window: Window, scope: Scope = EVERYTHING) -> dict[str, Spread]:
    """By stage, in the order in which a run goes through them, without what did not end."""
    runs = runs_in(window, scope)
    found = spreads(StageTiming.objects.filter(run__in=runs), "duration_ms", "stage")
    order = _stages_in_order(runs) if found else []
    return {stage: found[stage] for stage in sorted(found, key=_place_in(order))}


def totals(window: Window, scope: Scope = EVERYTHING, by: By = "") -> dict[str, RunTotals]:
    """By the value of the field `by`, in its order; all under "" where it is empty."""
    wide = _parts(window, scope)
    if wide is None:
        alike = alike_rows(runs_in(window, scope), by)
    else:
        ends = (alike_rows(runs_in(end, scope), by) for end in wide.ends)
        alike = [*alike_hours(wide.hours, by), *chain.from_iterable(ends)]
    found = by_group(alike)
    return found if by else {"": found.get("", added_up(()))}


def runs_in(window: Window, scope: Scope = EVERYTHING) -> QuerySet[Run]:
    """Those that ended in the window."""
    rows = Run.objects.filter(finished_at__gte=window.since, finished_at__lt=window.until)
    if scope.kind:
        rows = rows.filter(kind=scope.kind)
    if scope.priority:
        rows = rows.filter(queue=scope.priority)
    return rows.order_by()


def alike_rows(rows: QuerySet[Run], by: str) -> list[Alike]:
    return [_alike(row, by, SUMS) for row in rows.values(*_keys(by)).annotate(**SUMS).order_by()]


def alike_hours(rows: QuerySet[HourlyRuns], by: str) -> list[Alike]:
    added = rows.values(*_keys(by)).annotate(**HOURLY_SUMS).order_by()
    return [_alike(row, by, HOURLY_SUMS) for row in added]


def _keys(by: str) -> set[str]:
    return {"mode", "outcome", by} - {""}


def _alike(row: Mapping[str, Any], by: str, sums: Iterable[str]) -> Alike:
    return Alike(row[by] if by else "", row["mode"], row["outcome"], *(row[name] for name in sums))


def _parts(window: Window, scope: Scope) -> hours.Parts | None:
    only = {"kind": scope.kind, "queue": scope.priority}
    return hours.parts(RUNS, window, {name: value for name, value in only.items() if value})


def _stages_in_order(runs: QuerySet[Run]) -> list[str]:
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


def by_group(alike: Iterable[Alike]) -> dict[Any, RunTotals]:
    """In the order of the groups."""
    grouped: dict[Any, list[Alike]] = defaultdict(list)
    for row in alike:
        grouped[row.group].append(row)
    return {group: added_up(grouped[group]) for group in sorted(grouped)}


def added_up(alike: Iterable[Alike]) -> RunTotals:
    rows = list(alike)
    outcomes: Counter[str] = Counter()
    for row in rows:
        outcomes.update({row.outcome: row.runs})
    parallel = sum(row.runs for row in rows if row.mode == PARALLEL)
    came_down = sum(row.degraded for row in rows if row.mode not in ("", PARALLEL))
    compared = sum(row.differences for row in rows)
    difference = sum(row.difference or 0 for row in rows)
    return RunTotals(
        runs=outcomes.total(),
        by_outcome=dict(outcomes.most_common()),
        parallel=parallel,
        asked_model=parallel + came_down,
        degraded=sum(row.degraded for row in rows),
        checked=sum(row.checked for row in rows),
        regenerated=sum(row.regenerated for row in rows),
        difference=difference / compared if compared else None,
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
