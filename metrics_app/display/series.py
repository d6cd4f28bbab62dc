"""The figures that are followed from day to day."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from metrics_app.analysis.targets import (
    ERRORS,
    FEWEST_REGENERATED,
    HITS,
    MOST_REGENERATED,
    PARALLEL,
)
from metrics_app.display import text
from metrics_app.measures.days import Day


@dataclass(frozen=True, slots=True)
class Series:
    """`least` is the smallest difference that matters. `low` and `high` are what it is held
    against, `top` the most there is; `higher_is` says whether more of it is "better", "worse", or
    neither.
    """

    key: str
    label: Promise
    of: Callable[[Day], float | None]
    written: Callable[[float | None], str]
    least: float
    low: float | None = None
    high: float | None = None
    higher_is: str = ""
    top: float = math.inf


def _median(day: Day) -> float | None:
    return day.durations.median


def _p95(day: Day) -> float | None:
    return day.durations.p95


def _runs(day: Day) -> float | None:
    return float(day.runs.runs)


def _errors(day: Day) -> float | None:
    return day.runs.error_rate


def _fast(day: Day) -> float | None:
    return day.runs.parallel_rate


def _regenerated(day: Day) -> float | None:
    return day.runs.regeneration_rate


def _hits(day: Day) -> float | None:
    return day.calls.hit_rate


def _cost(day: Day) -> float | None:
    return float(day.calls.usd / day.runs.runs) if day.runs.runs else None


_time = text.duration


def _usd(value: float | None) -> str:
    return text.usd(None if value is None else Decimal(str(value)))


def _share(value: float | None) -> str:
    return text.share(value, 1)


SERIES: Final = (
    Series(
        "median", _("Processing time, median"), _median, text.duration, 1_000, higher_is="worse"
    ),
    Series("p95", _("Processing time, p95"), _p95, text.duration, 2_000, higher_is="worse"),
    Series("errors", _("Error rate"), _errors, _share, 0.02, 0, ERRORS, "worse", top=1),
    Series("parallel", _("Parallel success"), _fast, _share, 0.01, PARALLEL, 1, "better", top=1),
    Series(
        "regeneration",
        _("Regeneration rate"),
        _regenerated,
        _share,
        0.05,
        FEWEST_REGENERATED,
        MOST_REGENERATED,
        top=1,
    ),
    Series("cost", _("Cost of a run"), _cost, _usd, 0.001, higher_is="worse"),
    Series("hits", _("Kept answers used"), _hits, _share, 0.05, HITS, 1, "better", top=1),
    Series("runs", _("Runs"), _runs, text.number, 5),
)
