"""The figures that are followed from day to day."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
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
    neither. `change` writes how much it goes up or down by, as `written` does where it is `None`;
    `finest` is the smallest step of an axis.
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
    change: Callable[[float | None], str] | None = None
    finest: float = 0

    def changed(self, by: float) -> str:
        """Without its sign."""
        return (self.change or self.written)(abs(by))


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


def _points(value: float | None) -> str:
    """Of per cent: a share that goes up by a tenth has not gone up by ten per cent of itself."""
    return gettext("%(number)s points") % {"number": text.number((value or 0) * 100, 1)}


_time = text.duration


def _usd(value: float | None) -> str:
    return text.usd(None if value is None else Decimal(str(value)))


def _share(value: float | None) -> str:
    return text.share(value, 1)


def _rate(
    key: str,
    label: Promise,
    of: Callable[[Day], float | None],
    least: float,
    *,
    low: float,
    high: float,
    higher_is: str = "",
) -> Series:
    return Series(key, label, of, _share, least, low, high, higher_is, top=1, change=_points)


SERIES: Final = (
    Series("median", _("Processing time, median"), _median, _time, 1_000, higher_is="worse"),
    Series("p95", _("Processing time, p95"), _p95, _time, 2_000, higher_is="worse"),
    _rate("errors", _("Error rate"), _errors, 0.02, low=0, high=ERRORS, higher_is="worse"),
    _rate("parallel", _("Parallel success"), _fast, 0.01, low=PARALLEL, high=1, higher_is="better"),
    _rate(
        "regeneration",
        _("Regeneration rate"),
        _regenerated,
        0.05,
        low=FEWEST_REGENERATED,
        high=MOST_REGENERATED,
    ),
    Series("cost", _("Cost of a run"), _cost, _usd, 0.001, higher_is="worse"),
    _rate("hits", _("Kept answers used"), _hits, 0.05, low=HITS, high=1, higher_is="better"),
    Series("runs", _("Runs"), _runs, text.number, 5, finest=1),
)
