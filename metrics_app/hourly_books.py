"""What is added up by the hour, and how."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Aggregate, Count, Model, Q, Sum

from metrics_app.histograms import Histogram, of_latencies, of_tokens
from metrics_app.models import Call, HourlyCalls, HourlyRuns, Run
from metrics_app.queries import UNKNOWN_COST


@dataclass(frozen=True, slots=True)
class Book:
    """`rows` by the hour of their `moment`, those with the same `keys` together as one of `hours`.

    `count` names the field of an hour that counts its rows; `sums` says how the fields are added
    up, and `spreads` of which column they hold a histogram.
    """

    rows: type[Model]
    moment: str
    hours: type[Model]
    keys: tuple[str, ...]
    count: str
    sums: Mapping[str, Aggregate]
    spreads: Mapping[str, tuple[str, Callable[[Sequence[int]], Histogram]]]


CALLS: Final = Book(
    rows=Call,
    moment="started_at",
    hours=HourlyCalls,
    keys=("run_kind", "purpose", "model", "outcome", "cache_hit"),
    count="calls",
    sums={
        "calls": Count("id"),
        "could_hit": Count("id", filter=Q(could_hit=True)),
        "unpriced": Count("id", filter=UNKNOWN_COST),
        "tokens_in": Sum("tokens_in", default=0),
        "tokens_cached": Sum("tokens_cached", default=0),
        "tokens_out": Sum("tokens_out", default=0),
        "audio_ms": Sum("audio_ms", default=0),
        "cost_usd": Sum("cost_usd", default=0),
        "latency_ms": Sum("latency_ms", default=0),
    },
    spreads={
        "latency": ("latency_ms", of_latencies),
        "tokens_in_spread": ("tokens_in", of_tokens),
        "tokens_out_spread": ("tokens_out", of_tokens),
    },
)
RUNS: Final = Book(
    rows=Run,
    moment="finished_at",
    hours=HourlyRuns,
    keys=("kind", "queue", "mode", "outcome"),
    count="runs",
    sums={
        "runs": Count("id"),
        "degraded": Count("id", filter=Q(degraded=True)),
        "checked": Count("regenerated"),
        "regenerated": Count("id", filter=Q(regenerated=True)),
        "total_ms": Sum("total_ms", default=0),
    },
    spreads={"total": ("total_ms", of_latencies)},
)
