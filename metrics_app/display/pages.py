"""What each of the pages for staff shows, asked for in few queries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.utils import timezone

from metrics_app.alerts.readings import PEOPLE_WAIT, of_people
from metrics_app.analysis import recommendations as advise
from metrics_app.analysis.corrected import most_corrected
from metrics_app.analysis.recommendations import Advice
from metrics_app.display.alerts import Alerts, alerts
from metrics_app.display.choice import Choice
from metrics_app.display.days import Card, cards
from metrics_app.display.kpis import Kpi, Measured, Targets, kpis
from metrics_app.display.shapes import Bar, side_by_side, waterfall
from metrics_app.display.system import System, system
from metrics_app.health import health
from metrics_app.measures import calls, runs
from metrics_app.measures.calls import CallsIn
from metrics_app.measures.days import days
from metrics_app.measures.runs import RunsIn
from metrics_app.measures.spending import cost_of
from metrics_app.windows import Scope, Window

FOLLOWED_DAYS = 28
ADVICE_DAYS = 7
_DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class NowPage:
    """`at` is when it was asked for."""

    at: datetime
    choice: Choice
    kpis: tuple[Kpi, ...]
    alerts: Alerts
    system: System


@dataclass(frozen=True, slots=True)
class SpeedPage:
    choice: Choice
    stages: tuple[Bar, ...]
    purposes: tuple[Bar, ...]
    models: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class AdvicePage:
    """`runs` is how many ended in the days it is about."""

    advice: tuple[Advice, ...]
    runs: int
    days: int = ADVICE_DAYS


@dataclass(frozen=True, slots=True)
class TrendsPage:
    cards: tuple[Card, ...]
    days: int = FOLLOWED_DAYS


def now_page(choice: Choice) -> NowPage:
    window, scope = Window.last(choice.minutes), Scope(kind=choice.kind)
    ended = runs.totals(window, scope)[""]
    measured = Measured(
        window=window,
        kind=choice.kind,
        totals=ended,
        durations=runs.durations(window, of_people(choice.kind))[""],
        cost=cost_of(calls.totals(window, scope)[""], ended.runs, window),
    )
    return NowPage(
        at=window.until,
        choice=choice,
        kpis=kpis(measured, targets(choice.kind)),
        alerts=alerts(),
        system=system(health()),
    )


def targets(kind: str) -> Targets:
    return Targets(settings.TARGET_SECONDS.get(kind), _limit(settings.ALERT_HOURLY_USD))


def _limit(usd: float) -> Decimal | None:
    """`None` for 0, which says that nobody wants to be told."""
    return Decimal(str(usd)) if usd else None


def speed_page(choice: Choice) -> SpeedPage:
    window = Window.last(choice.minutes)
    latencies = CallsIn(window, Scope(kind=choice.kind)).latencies("purpose", "model")
    return SpeedPage(
        choice=choice,
        stages=waterfall(runs.stage_durations(window, of_people(choice.kind))),
        purposes=side_by_side(latencies["purpose"]),
        models=side_by_side(latencies["model"]),
    )


def advice_page(kind: str) -> AdvicePage:
    window, scope = Window.last(ADVICE_DAYS * _DAY_MINUTES), Scope(kind=kind)
    ended, called = RunsIn(window, scope), CallsIn(window, scope)
    of_runs = replace(ended.totals("")[""][""], difference=ended.difference())
    of_calls = called.totals("purpose")["purpose"]
    found = (
        advise.failures(of_runs),
        _slowness(RunsIn(window, of_people(kind)), called, targets(kind).seconds),
        advise.fallbacks(of_runs, of_calls),
        advise.regeneration(of_runs, most_corrected(window)),
        advise.cache(of_calls),
        advise.spending(window.minutes, _limit(settings.ALERT_DAILY_USD), of_calls),
    )
    return AdvicePage(tuple(each for each in found if each is not None), of_runs.runs)


def _slowness(ended: RunsIn, called: CallsIn, seconds: float | None) -> Advice | None:
    """What is slow is only looked for where something is."""
    took = ended.durations("")[""][""]
    if advise.slowness(took, seconds, {}, {}) is None:
        return None
    return advise.slowness(took, seconds, ended.stages(), called.latencies("model")["model"])


def trends_page(kind: str) -> TrendsPage:
    """Of whole days (UTC): today's figures would look as if they were falling."""
    yesterday = timezone.now().astimezone(UTC).date() - timedelta(days=1)
    return TrendsPage(cards(days(yesterday, FOLLOWED_DAYS, kind, timed=PEOPLE_WAIT)))
