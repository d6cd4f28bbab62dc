"""The key figures together."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings

from metrics_app.alerts.queries import open_alerts
from metrics_app.alerts.readings import PEOPLE_WAIT
from metrics_app.analysis.targets import (
    ERRORS,
    FEWEST_REGENERATED,
    HITS,
    MOST_REGENERATED,
    PARALLEL,
    TAIL,
)
from metrics_app.api.answers import Dashboard, Indicator, OpenAlert
from metrics_app.api.costs import each, spent
from metrics_app.api.question import Question
from metrics_app.api.state import state
from metrics_app.measures import calls, runs
from metrics_app.measures.runs import RunTotals
from metrics_app.models import Outcome


def dashboard(question: Question) -> Dashboard:
    window, scope = question.latest(), question.scope
    queue = question.priority or PEOPLE_WAIT
    took = runs.durations(window, replace(scope, priority=queue))[""]
    ended = runs.totals(window, scope)[""]
    called = calls.totals(window, scope)[""]
    money = spent(called, window)
    most_ms = _target_ms(question.kind, queue)
    return Dashboard(
        asked=question.asked(window),
        run_ms_avg=Indicator(value=took.avg, sample=took.count, at_most=most_ms),
        run_ms_p95=Indicator(value=took.p95, sample=took.count, at_most=most_ms and most_ms * TAIL),
        parallel_rate=Indicator(
            value=ended.parallel_rate, sample=ended.asked_model, at_least=PARALLEL
        ),
        regeneration_rate=Indicator(
            value=ended.regeneration_rate,
            sample=ended.checked,
            at_least=FEWEST_REGENERATED,
            at_most=MOST_REGENERATED,
        ),
        error_rate=Indicator(value=ended.error_rate, sample=_not_cancelled(ended), at_most=ERRORS),
        cache_hit_rate=Indicator(value=called.hit_rate, sample=called.could_hit, at_least=HITS),
        usd=money.usd,
        unpriced=money.unpriced,
        usd_per_run=each(money.usd, ended.runs),
        projected_day=money.projected_day,
        alerts=_open_alerts(),
        health=state(),
    )


def _target_ms(kind: str, queue: str) -> float | None:
    """There is one for runs that people wait for; rough drafts take minutes where they are made."""
    seconds = settings.TARGET_SECONDS.get(kind)
    return None if seconds is None or queue != PEOPLE_WAIT else seconds * 1000


def _not_cancelled(found: RunTotals) -> int:
    return found.runs - found.by_outcome.get(Outcome.CANCELLED, 0)


def _open_alerts() -> list[OpenAlert]:
    return [OpenAlert.model_validate(alert, from_attributes=True) for alert in open_alerts()]
