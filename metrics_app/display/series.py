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
    SAMPLE,
)
from metrics_app.display import text
from metrics_app.measures.days import Day
from metrics_app.models import Outcome

FEWEST: Final = 5
"""Cases from which a median or a share of a day is judged: of fewer, one is a fifth or more.
A p95 and a mean take `SAMPLE`: with fewer, a single case makes them."""

_SEVERAL = 2  # cases


@dataclass(frozen=True, slots=True)
class Basis:
    """What a day's figure rests on. A day with less than `fewest` is shown and not judged."""

    label: Promise
    count: Callable[[Day], int]
    fewest: int = FEWEST


@dataclass(frozen=True, slots=True)
class Series:
    """`least` is the smallest difference that matters. `low` and `high` are what it is held
    against, `top` the most there is, 1 for a share; `higher_is` says whether more of it is
    "better", "worse", or neither. `change` writes how much it goes up or down by, as `written`
    does where it is `None`; `finest` is the smallest step of an axis. `basis` is `None` for what
    is itself a count.
    """

    key: str
    label: Promise
    of: Callable[[Day], float | None]
    written: Callable[[float | None], str]
    least: float
    basis: Basis | None = None
    low: float | None = None
    high: float | None = None
    higher_is: str = ""
    top: float = math.inf
    change: Callable[[float | None], str] | None = None
    finest: float = 0

    def changed(self, by: float) -> str:
        """Without its sign."""
        return (self.change or self.written)(abs(by))

    def sample(self, day: Day) -> int | None:
        """How many cases the figure of a day rests on; `None` for what is itself a count."""
        return None if self.basis is None else self.basis.count(day)

    def judged(self, day: Day) -> float | None:
        """The figure of a day; `None` where there is none, or it rests on too few cases."""
        enough = self.basis is None or self.basis.count(day) >= self.basis.fewest
        return self.of(day) if enough else None

    def is_of_several(self, day: Day, difference: float) -> bool:
        """No single case makes such a difference of a share."""
        if self.basis is None or self.top != 1:
            return True
        return abs(difference) * self.basis.count(day) > _SEVERAL - 0.001  # of rounding


def _median(day: Day) -> float | None:
    return day.durations.median


def _p95(day: Day) -> float | None:
    return day.durations.p95


def _timed(day: Day) -> int:
    return day.durations.count


def _all(day: Day) -> int:
    return day.runs.runs


def _runs(day: Day) -> float | None:
    return float(day.runs.runs)


def _errors(day: Day) -> float | None:
    return day.runs.error_rate


def _not_cancelled(day: Day) -> int:
    return day.runs.runs - day.runs.by_outcome.get(Outcome.CANCELLED, 0)


def _fast(day: Day) -> float | None:
    return day.runs.parallel_rate


def _meant_to_be_fast(day: Day) -> int:
    return day.runs.asked_model


def _regenerated(day: Day) -> float | None:
    return day.runs.regeneration_rate


def _checked(day: Day) -> int:
    return day.runs.checked


def _hits(day: Day) -> float | None:
    return day.calls.hit_rate


def _could_hit(day: Day) -> int:
    return day.calls.could_hit


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
    basis: Basis,
    least: float,
    *,
    low: float,
    high: float,
    higher_is: str = "",
) -> Series:
    return Series(key, label, of, _share, least, basis, low, high, higher_is, top=1, change=_points)


_TIMED: Final = _("Timed runs")
SERIES: Final = (
    Series(
        "median", _("Processing time, median"), _median, _time, 1_000,
        Basis(_TIMED, _timed), higher_is="worse",
    ),
    Series(
        "p95", _("Processing time, p95"), _p95, _time, 2_000,
        Basis(_TIMED, _timed, SAMPLE), higher_is="worse",
    ),
    _rate(
        "errors", _("Error rate"), _errors,
        Basis(_("Runs, cancelled ones left out"), _not_cancelled),
        0.02, low=0, high=ERRORS, higher_is="worse",
    ),
    _rate(
        "parallel", _("Parallel success rate"), _fast,
        Basis(_("Runs meant for parallel processing"), _meant_to_be_fast),
        0.01, low=PARALLEL, high=1, higher_is="better",
    ),
    _rate(
        "regeneration", _("Regeneration rate"), _regenerated,
        Basis(_("Checked reports"), _checked),
        0.05, low=FEWEST_REGENERATED, high=MOST_REGENERATED,
    ),
    Series(
        "cost", _("Cost of a run"), _cost, _usd, 0.001,
        Basis(_("Runs"), _all, SAMPLE), higher_is="worse",
    ),
    _rate(
        "hits", _("Cache hit rate"), _hits, Basis(_("Repeated questions"), _could_hit),
        0.05, low=HITS, high=1, higher_is="better",
    ),
    Series("runs", _("Runs"), _runs, text.number, 5, finest=1),
)  # fmt: skip
