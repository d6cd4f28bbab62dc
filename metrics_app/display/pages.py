"""What each of the pages for staff shows, asked for in few queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.utils import timezone

from metrics_app.alerts.readings import of_people
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
from metrics_app.measures.days import days
from metrics_app.measures.exact import spreads
from metrics_app.measures.spending import cost
from metrics_app.models import StageTiming
from metrics_app.spread import Spread
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
    measured = Measured(
        window=window,
        kind=choice.kind,
        totals=runs.totals(window, scope)[""],
        durations=runs.durations(window, of_people(choice.kind))[""],
        cost=cost(window, scope),
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
    window, scope = Window.last(choice.minutes), Scope(kind=choice.kind)
    return SpeedPage(
        choice=choice,
        stages=waterfall(runs.stage_durations(window, of_people(choice.kind))),
        purposes=side_by_side(calls.latency(window, scope, by="purpose")),
        models=side_by_side(calls.latency(window, scope, by="model")),
    )


def advice_page(kind: str) -> AdvicePage:
    window, scope = Window.last(ADVICE_DAYS * _DAY_MINUTES), Scope(kind=kind)
    of_runs = runs.totals(window, scope)[""]
    of_calls = calls.totals(window, scope, by="purpose")
    found = (
        advise.failures(of_runs),
        _slowness(window, kind),
        advise.fallbacks(of_runs, of_calls),
        advise.regeneration(of_runs, most_corrected(window)),
        advise.cache(of_calls),
        advise.spending(window.minutes, _limit(settings.ALERT_DAILY_USD), of_calls),
    )
    return AdvicePage(tuple(each for each in found if each is not None), of_runs.runs)


def _slowness(window: Window, kind: str) -> Advice | None:
    people = of_people(kind)
    return advise.slowness(
        runs.durations(window, people)[""],
        targets(kind).seconds,
        _stages(window, people),
        calls.latency(window, Scope(kind=kind), by="model"),
    )


def _stages(window: Window, scope: Scope) -> dict[str, Spread]:
    """In no order: to find that out takes two more queries."""
    times = StageTiming.objects.filter(run__in=runs.runs_in(window, scope))
    return spreads(times, "duration_ms", "stage")


def trends_page(kind: str) -> TrendsPage:
    """Of whole days (UTC): today's figures would look as if they were falling."""
    yesterday = timezone.now().astimezone(UTC).date() - timedelta(days=1)
    return TrendsPage(cards(days(yesterday, FOLLOWED_DAYS, kind)))
