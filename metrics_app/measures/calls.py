"""Model calls: how long they took, how they ended, what they cost.

An attempt is a call; an answer that was kept and found again is a hit and no call.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Any, Final, Literal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from ai.errors import Outcome
from metrics_app.hourly_books import CALLS
from metrics_app.measures import hours
from metrics_app.measures.exact import spreads
from metrics_app.models import Call, HourlyCalls, Run
from metrics_app.queries import UNKNOWN_COST
from metrics_app.spread import Spread
from metrics_app.windows import EVERYTHING, Scope, Window

# Nobody was asked, or nobody waited for the answer: the model is not to blame.
NO_ERRORS: Final = (Outcome.OK, Outcome.CANCELLED, Outcome.SPEND_CAP)
CENTS: Final = Decimal("0.00000001")  # as fine as a call is recorded; SQLite adds binary fractions

By = Literal["", "purpose", "model"]


@dataclass(frozen=True, slots=True)
class CallTotals:
    """`calls` and `by_outcome` (`ai.errors.Outcome`) count attempts, `errors` those of them that
    failed; `hits` are answers that were found instead of asked for, `could_hit` all that might have
    been. `usd` is what is known, without `unpriced` calls.
    """

    calls: int
    errors: int
    by_outcome: Mapping[str, int]
    tokens_in: int
    tokens_cached: int
    tokens_out: int
    audio_ms: int
    usd: Decimal
    unpriced: int
    hits: int
    could_hit: int

    @property
    def error_rate(self) -> float | None:
        return self.errors / self.calls if self.calls else None

    @property
    def hit_rate(self) -> float | None:
        return self.hits / self.could_hit if self.could_hit else None


@dataclass(frozen=True, slots=True)
class Alike:
    """Rows that share a group, an outcome, and whether they are hits; sums of what is known."""

    group: Any
    outcome: str
    cache_hit: bool
    rows: int
    could_hit: int
    unpriced: int
    tokens_in: int | None
    tokens_cached: int | None
    tokens_out: int | None
    audio_ms: int | None
    usd: Decimal | None


# in the order of `Alike`
SUMS: Final = {
    "rows": Count("id"),
    "could": Count("id", filter=Q(could_hit=True)),
    "without_price": Count("id", filter=UNKNOWN_COST),
    "sum_in": Sum("tokens_in"),
    "sum_cached": Sum("tokens_cached"),
    "sum_out": Sum("tokens_out"),
    "sum_audio": Sum("audio_ms"),
    "usd": Sum("cost_usd"),
}
HOURLY_SUMS: Final = {
    "rows": Sum("calls"),
    "could": Sum("could_hit"),
    "without_price": Sum("unpriced"),
    "sum_in": Sum("tokens_in"),
    "sum_cached": Sum("tokens_cached"),
    "sum_out": Sum("tokens_out"),
    "sum_audio": Sum("audio_ms"),
    "usd": Sum("cost_usd"),
}


def latency(window: Window, scope: Scope = EVERYTHING, by: By = "") -> dict[str, Spread]:
    """Of attempts, failed ones too; hits and what was never sent have none."""
    wide = _parts(window, scope)
    if wide is None:
        return spreads(_attempts(window, scope), "latency_ms", by)
    rows = wide.hours.filter(cache_hit=False)
    ends = [_attempts(end, scope) for end in wide.ends]
    return hours.spreads(rows, "latency", ends, "latency_ms", by)


def totals(window: Window, scope: Scope = EVERYTHING, by: By = "") -> dict[str, CallTotals]:
    """By the value of the field `by`, in its order; all under "" where it is empty."""
    wide = _parts(window, scope)
    if wide is None:
        alike = alike_rows(calls_in(window, scope), by)
    else:
        ends = (alike_rows(calls_in(end, scope), by) for end in wide.ends)
        alike = [*alike_hours(wide.hours, by), *chain.from_iterable(ends)]
    found = by_group(alike)
    return found if by else {"": found.get("", added_up(()))}


def calls_in(window: Window, scope: Scope = EVERYTHING) -> QuerySet[Call]:
    """Those that began in the window. With a `priority`: of runs that have ended."""
    rows = Call.objects.filter(started_at__gte=window.since, started_at__lt=window.until)
    if scope.operation:
        rows = rows.filter(purpose=scope.operation)
    if scope.kind:
        rows = rows.filter(run_kind=scope.kind)
    if scope.priority:
        queued = Run.objects.filter(run_id=OuterRef("run_id"), queue=scope.priority)
        rows = rows.filter(Exists(queued))
    return rows.order_by()


def alike_rows(rows: QuerySet[Call], by: str) -> list[Alike]:
    return [_alike(row, by) for row in rows.values(*_keys(by)).annotate(**SUMS).order_by()]


def alike_hours(rows: QuerySet[HourlyCalls], by: str) -> list[Alike]:
    return [_alike(row, by) for row in rows.values(*_keys(by)).annotate(**HOURLY_SUMS).order_by()]


def _keys(by: str) -> set[str]:
    return {"outcome", "cache_hit", by} - {""}


def _alike(row: Mapping[str, Any], by: str) -> Alike:
    group = row[by] if by else ""
    return Alike(group, row["outcome"], row["cache_hit"], *(row[name] for name in SUMS))


def _attempts(window: Window, scope: Scope) -> QuerySet[Call]:
    return calls_in(window, scope).filter(cache_hit=False)


def _parts(window: Window, scope: Scope) -> hours.Parts | None:
    """Hours know no queue."""
    if scope.priority:
        return None
    only = {"purpose": scope.operation, "run_kind": scope.kind}
    return hours.parts(CALLS, window, {name: value for name, value in only.items() if value})


def by_group(alike: Iterable[Alike]) -> dict[Any, CallTotals]:
    """In the order of the groups."""
    grouped: dict[Any, list[Alike]] = defaultdict(list)
    for row in alike:
        grouped[row.group].append(row)
    return {group: added_up(grouped[group]) for group in sorted(grouped)}


def added_up(alike: Iterable[Alike]) -> CallTotals:
    rows = list(alike)
    outcomes: Counter[str] = Counter()
    for row in rows:
        outcomes.update({row.outcome: 0 if row.cache_hit else row.rows})
    by_outcome = {outcome: n for outcome, n in outcomes.most_common() if n}
    return CallTotals(
        calls=sum(by_outcome.values()),
        errors=sum(n for outcome, n in by_outcome.items() if outcome not in NO_ERRORS),
        by_outcome=by_outcome,
        tokens_in=sum(row.tokens_in or 0 for row in rows),
        tokens_cached=sum(row.tokens_cached or 0 for row in rows),
        tokens_out=sum(row.tokens_out or 0 for row in rows),
        audio_ms=sum(row.audio_ms or 0 for row in rows),
        usd=sum((row.usd or Decimal(0) for row in rows), Decimal(0)).quantize(CENTS),
        unpriced=sum(row.unpriced for row in rows),
        hits=sum(row.rows for row in rows if row.cache_hit),
        could_hit=sum(row.could_hit for row in rows),
    )
