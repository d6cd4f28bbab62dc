"""What is added up by the hour, and how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from django.db.models import Case, F, Model, Q, Value, When
from django.db.models.expressions import Combinable
from numpy.typing import NDArray

from metrics_app.histograms import Histogram, of_latencies, of_tokens
from metrics_app.models import Call, HourlyCalls, HourlyRuns, Run, TotalCalls, TotalRuns
from metrics_app.queries import CAME_DOWN, UNKNOWN_COST


@dataclass(frozen=True, slots=True)
class Spread:
    """How the histogram of the amounts of a name is made."""

    of: str
    histogram: Callable[[NDArray[np.int64]], Histogram]


@dataclass(frozen=True, slots=True)
class Book:
    """`rows` by the hour of their `moment`, those with the same `keys` together as one of `hours`;
    all hours together in `totals`.

    `count` names the field of an hour that counts its rows; `sums` says by field what each row
    adds to it, and `spreads` which hold a histogram. `timed`: which of the sums an hour keeps one
    by one as well.
    """

    rows: type[Model]
    moment: str
    hours: type[Model]
    totals: type[Model]
    keys: tuple[str, ...]
    count: str
    sums: Mapping[str, Combinable]
    spreads: Mapping[str, Spread]
    timed: str


def _one_if(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0))


CALLS: Final = Book(
    rows=Call,
    moment="started_at",
    hours=HourlyCalls,
    totals=TotalCalls,
    keys=("run_kind", "purpose", "model", "outcome", "cache_hit"),
    count="calls",
    sums={
        "calls": Value(1),
        "could_hit": _one_if(Q(could_hit=True)),
        "unpriced": _one_if(UNKNOWN_COST),
        "tokens_in": F("tokens_in"),
        "tokens_cached": F("tokens_cached"),
        "tokens_out": F("tokens_out"),
        "audio_ms": F("audio_ms"),
        "cost_usd": F("cost_usd"),
        "latency_ms": F("latency_ms"),
    },
    spreads={
        "latency": Spread("latency_ms", of_latencies),
        "tokens_in_spread": Spread("tokens_in", of_tokens),
        "tokens_out_spread": Spread("tokens_out", of_tokens),
    },
    timed="latency_ms",
)
RUNS: Final = Book(
    rows=Run,
    moment="finished_at",
    hours=HourlyRuns,
    totals=TotalRuns,
    keys=("kind", "queue", "mode", "outcome"),
    count="runs",
    sums={
        "runs": Value(1),
        "degraded": _one_if(Q(degraded=True)),
        "came_down": _one_if(CAME_DOWN),
        "checked": _one_if(Q(regenerated__isnull=False)),
        "regenerated": _one_if(Q(regenerated=True)),
        "total_ms": F("total_ms"),
    },
    spreads={"total": Spread("total_ms", of_latencies)},
    timed="total_ms",
)
