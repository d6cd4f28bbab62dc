"""Model calls: how long they took, how they ended, what they cost.

An attempt is a call; an answer that was kept and found again is a hit and no call, and neither is
what was not sent because something of ours stood in the way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, Literal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from ai.errors import Outcome
from metrics_app.hourly_books import CALLS
from metrics_app.measures import exact, hours
from metrics_app.measures.groups import Key, fields, grouped
from metrics_app.models import Call, HourlyCalls, Run
from metrics_app.queries import NOT_SENT, UNKNOWN_COST
from metrics_app.spread import Spread
from metrics_app.windows import EVERYTHING, Scope, Window

NO_ERRORS: Final = (Outcome.OK, Outcome.CANCELLED)  # nobody waited for the latter
CENTS: Final = Decimal("0.00000001")  # as fine as a call is recorded; SQLite adds binary fractions

By = Literal["", "purpose", "model"]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Of attempts: how many, by `ai.errors.Outcome`, the most frequent first. `held_back`: calls
    that were not sent, by what stood in the way.
    """

    by_outcome: Mapping[str, int]
    held_back: Mapping[str, int]

    @property
    def calls(self) -> int:
        return sum(self.by_outcome.values())

    @property
    def errors(self) -> int:
        return sum(n for outcome, n in self.by_outcome.items() if outcome not in NO_ERRORS)

    @property
    def error_rate(self) -> float | None:
        return self.errors / self.calls if self.calls else None


@dataclass(frozen=True, slots=True)
class CallTotals:
    """`calls` and `by_outcome` (`ai.errors.Outcome`) count attempts, `errors` those of them that
    failed; `hits` are answers that were found instead of asked for, `could_hit` all that might have
    been. `usd` is what is known, without `unpriced` calls. `held_back`: calls that were not sent,
    by what stood in the way.
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
    held_back: Mapping[str, int] = field(default_factory=dict)

    @property
    def error_rate(self) -> float | None:
        return self.errors / self.calls if self.calls else None

    @property
    def hit_rate(self) -> float | None:
        return self.hits / self.could_hit if self.could_hit else None


@dataclass(frozen=True, slots=True)
class Alike:
    """Rows that share an outcome, and whether they are hits; sums of what is known."""

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


class CallsIn:
    """The calls that began in a window. With a `priority`: of runs that have ended.

    Whether hours will do is looked up once: figures of one page come from one of these.
    """

    def __init__(self, window: Window, scope: Scope = EVERYTHING) -> None:
        self._window, self._scope = window, scope

    def latencies(self, *by: By) -> dict[str, dict[str, Spread]]:
        """Of attempts, failed ones too, for each of the fields `by` as `exact.spreads` groups them;
        hits and what was never sent have none.
        """
        parts = self._parts
        if parts is None:
            return exact.spreads(self._sent(self._window), "latency_ms", by)
        rows, ends = parts.hours.filter(cache_hit=False), self._sent(*parts.ends)
        if parts.few:
            return exact.spreads(ends, "latency_ms", by, rows)
        return hours.spreads(rows, "latency", ends, "latency_ms", by)

    def totals(self, *by: By) -> dict[str, dict[str, CallTotals]]:
        """For each of the fields `by`: by its value, in its order; all under "" for the empty one.
        Hours say the same as their rows, however few these are.
        """
        keys, parts = fields(by), self._parts
        if parts is None:
            found = alike(self._rows(self._window), keys)
        else:
            found = alike(self._rows(*parts.ends), keys, parts.hours)
        return {each: by_group(found, keys, each) for each in by}

    def outcomes(self) -> Outcomes:
        """The counts of `totals` alone, which take a fraction of its time."""
        parts = self._parts
        rows = self._sent(self._window) if parts is None else self._sent(*parts.ends)
        found = rows.values_list("outcome").annotate(n=Count("pk")).order_by()
        if parts is not None:
            hours = parts.hours.filter(cache_hit=False).values_list("outcome")
            found = found.union(hours.annotate(n=Sum("calls")).order_by(), all=True)
        return _outcomes(found)

    @cached_property
    def _parts(self) -> hours.Parts | None:
        """Hours know no queue."""
        scope = self._scope
        if scope.priority:
            return None
        only = {"purpose": scope.operation, "run_kind": scope.kind}
        known = {name: value for name, value in only.items() if value}
        return hours.parts(CALLS, self._window, known)

    def _rows(self, *windows: Window) -> QuerySet[Call]:
        scope, rows = self._scope, Call.objects.filter(hours.within(CALLS.moment, windows))
        if scope.operation:
            rows = rows.filter(purpose=scope.operation)
        if scope.kind:
            rows = rows.filter(run_kind=scope.kind)
        if scope.priority:
            queued = Run.objects.filter(run_id=OuterRef("run_id"), queue=scope.priority)
            rows = rows.filter(Exists(queued))
        return rows.order_by()

    def _sent(self, *windows: Window) -> QuerySet[Call]:
        return self._rows(*windows).filter(cache_hit=False)


def latency(window: Window, scope: Scope = EVERYTHING, by: By = "") -> dict[str, Spread]:
    return CallsIn(window, scope).latencies(by)[by]


def totals(window: Window, scope: Scope = EVERYTHING, by: By = "") -> dict[str, CallTotals]:
    return CallsIn(window, scope).totals(by)[by]


def alike(
    rows: QuerySet[Call], keys: Sequence[str], hours: QuerySet[HourlyCalls] | None = None
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
) -> dict[Any, CallTotals]:
    return {group: added_up(rows) for group, rows in grouped(alike, keys, by).items()}


def added_up(rows: Sequence[Alike]) -> CallTotals:
    found = _outcomes((row.outcome, row.rows) for row in rows if not row.cache_hit)
    return CallTotals(
        calls=found.calls,
        errors=found.errors,
        by_outcome=found.by_outcome,
        tokens_in=sum(row.tokens_in or 0 for row in rows),
        tokens_cached=sum(row.tokens_cached or 0 for row in rows),
        tokens_out=sum(row.tokens_out or 0 for row in rows),
        audio_ms=sum(row.audio_ms or 0 for row in rows),
        usd=sum((row.usd or Decimal(0) for row in rows), Decimal(0)).quantize(CENTS),
        unpriced=sum(row.unpriced for row in rows),
        hits=sum(row.rows for row in rows if row.cache_hit),
        could_hit=sum(row.could_hit for row in rows),
        held_back=found.held_back,
    )


def _outcomes(counted: Iterable[tuple[str, int]]) -> Outcomes:
    """The same one may come several times."""
    counts: Counter[str] = Counter()
    for outcome, n in counted:
        counts[outcome] += int(n)
    found = counts.most_common()
    return Outcomes(
        by_outcome={outcome: n for outcome, n in found if outcome not in NOT_SENT},
        held_back={outcome: n for outcome, n in found if outcome in NOT_SENT},
    )


def _names(keys: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(["outcome", "cache_hit", *keys]))


def _alike(row: Mapping[str, Any]) -> Alike:
    """PostgreSQL's sums of sums are decimals."""
    *counts, usd = (row[name] for name in SUMS)
    known = (None if count is None else int(count) for count in counts)
    sums: list[Any] = [*known, usd]
    return Alike(row["outcome"], row["cache_hit"], *sums)
