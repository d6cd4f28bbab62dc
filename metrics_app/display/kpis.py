"""The figures that say whether all is well, each beside its target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics_app.analysis.targets import (
    ERRORS,
    FEWEST_REGENERATED,
    MOST_REGENERATED,
    PARALLEL,
    SAMPLE,
    TAIL,
)
from metrics_app.display.text import duration, number, share, usd
from metrics_app.measures.runs import RunTotals
from metrics_app.measures.spending import Cost
from metrics_app.spread import Spread
from metrics_app.windows import Window


@dataclass(frozen=True, slots=True)
class Targets:
    """`seconds` of a run and `hourly_usd` are `None` where nobody set any."""

    seconds: float | None
    hourly_usd: Decimal | None


@dataclass(frozen=True, slots=True)
class Kpi:
    """`target` and `also` are empty where there is nothing to say. `met` is `None` where the
    sample is too small to be held against the target, or nothing is known. `source` is the
    address of the rows it was made from.
    """

    key: str
    label: str
    value: str | None
    target: str
    met: bool | None
    also: str
    sample: str
    source: str


@dataclass(frozen=True, slots=True)
class Measured:
    """What the figures are made from, all of one window."""

    window: Window
    kind: str
    totals: RunTotals
    durations: Spread
    cost: Cost


def kpis(measured: Measured, targets: Targets) -> tuple[Kpi, ...]:
    runs = _address("run", "finished_at", "kind", measured)
    return (
        *_times(measured.durations, targets.seconds, runs),
        *_shares(measured.totals, runs),
        _cost(measured, targets.hourly_usd),
    )


def _times(durations: Spread, seconds: float | None, source: str) -> Iterator[Kpi]:
    sample = _runs(durations.count)
    bound = "" if durations.error_bound is None else _bound(durations.error_bound)
    for key, label, ms, factor in (
        ("average", _("Average processing time"), durations.avg, 1.0),
        ("p95", _("95 % of the runs within"), durations.p95, TAIL),
    ):
        most = None if seconds is None else seconds * 1000 * factor
        yield Kpi(
            key=key,
            label=label,
            value=None if ms is None else duration(ms),
            target="" if most is None else _("up to %(high)s") % {"high": duration(most)},
            met=_judged(ms, durations.count, None, most),
            also=bound if key == "p95" else _("whole, completed runs; rough drafts left out"),
            sample=sample,
            source=source,
        )


def _bound(error: float) -> str:
    return _("exact to ±%(error)s") % {"error": share(error, 1)}


def _shares(totals: RunTotals, source: str) -> Iterator[Kpi]:
    yield _share(
        key="parallel",
        label=_("Parallel success rate"),
        rate=totals.parallel_rate,
        sample=totals.asked_model,
        target=_("more than %(low)s") % {"low": share(PARALLEL)},
        between=(PARALLEL, None),
        source=source,
    )
    yield _share(
        key="regeneration",
        label=_("Regeneration rate"),
        rate=totals.regeneration_rate,
        sample=totals.checked,
        target=_("%(low)s to %(high)s")
        % {"low": share(FEWEST_REGENERATED), "high": share(MOST_REGENERATED)},
        between=(FEWEST_REGENERATED, MOST_REGENERATED),
        source=source,
    )
    yield _share(
        key="errors",
        label=_("Error rate"),
        rate=totals.error_rate,
        sample=_not_cancelled(totals),
        target=_("up to %(high)s") % {"high": share(ERRORS)},
        between=(None, ERRORS),
        source=source,
    )


def _not_cancelled(totals: RunTotals) -> int:
    return totals.runs - totals.by_outcome.get("cancelled", 0)


def _share(
    *,
    key: str,
    label: str,
    rate: float | None,
    sample: int,
    target: str,
    between: tuple[float | None, float | None],
    source: str,
) -> Kpi:
    return Kpi(
        key=key,
        label=label,
        value=None if rate is None else share(rate, 1),
        target=target,
        met=_judged(rate, sample, *between),
        also="",
        sample=_runs(sample),
        source=source,
    )


def _cost(measured: Measured, hourly_limit: Decimal | None) -> Kpi:
    """Of a run; what it is held against is of an hour, since that is what is watched. That is a sum
    and needs no sample; without a call there is nothing to hold against anything.
    """
    cost, totals = measured.cost, measured.totals
    hourly = None if cost.projected_day is None else cost.projected_day / 24
    met = None if hourly is None or hourly_limit is None else hourly <= hourly_limit
    return Kpi(
        key="cost",
        label=_("Cost of a run"),
        value=None if cost.per_run is None else usd(cost.per_run),
        target="" if met is None else _("up to %(high)s an hour") % {"high": usd(hourly_limit)},
        met=met,
        also=" · ".join(_beside(hourly, cost.unpriced)),
        sample=_runs(totals.runs),
        source=_address("call", "started_at", "run_kind", measured),
    )


def _beside(hourly: Decimal | None, unpriced: int) -> Iterator[str]:
    if hourly is not None:
        yield _("%(usd)s an hour") % {"usd": usd(hourly)}
    if unpriced:
        yield _unpriced(unpriced)


def _unpriced(calls: int) -> str:
    return ngettext(
        "%(calls)s call without a known price", "%(calls)s calls without a known price", calls
    ) % {"calls": number(calls)}


def _judged(
    value: float | None,
    sample: int,
    low: float | None,
    high: float | None,
) -> bool | None:
    if value is None or sample < SAMPLE or (low is None and high is None):
        return None
    return (low is None or value >= low) and (high is None or value <= high)


def _runs(count: int) -> str:
    return ngettext("%(runs)s run", "%(runs)s runs", count) % {"runs": number(count)}


def _address(model: str, moment: str, kind: str, measured: Measured) -> str:
    """The list of the rows in the admin."""
    asked = {
        f"{moment}__gte": measured.window.since.isoformat(),
        f"{moment}__lt": measured.window.until.isoformat(),
    }
    if measured.kind:
        asked[f"{kind}__exact"] = measured.kind
    return f"{reverse(f'admin:metrics_app_{model}_changelist')}?{urlencode(asked)}"
