"""The key figures together."""

from __future__ import annotations

from typing import Final

from django.conf import settings

from metrics_app.api.answers import Dashboard, Indicator, OpenAlert
from metrics_app.api.costs import each, spent
from metrics_app.api.question import Question
from metrics_app.api.state import state
from metrics_app.measures import calls, runs
from metrics_app.models import Alert

PARALLEL_AT_LEAST: Final = 0.99
REGENERATED: Final = (0.15, 0.25)
"""Fewer, and the check finds nothing; more, and rules and model disagree as a habit."""


def dashboard(question: Question) -> Dashboard:
    window, scope = question.latest(), question.scope
    took = runs.durations(window, scope)[""]
    ended = runs.totals(window, scope)[""]
    called = calls.totals(window, scope)[""]
    money = spent(called, window)
    target = settings.TARGET_SECONDS.get(question.kind)
    target_ms = None if target is None else target * 1000
    least, most = REGENERATED
    return Dashboard(
        asked=question.asked(window),
        run_ms_avg=Indicator(value=took.avg, sample=took.count, at_most=target_ms),
        run_ms_p95=Indicator(value=took.p95, sample=took.count, at_most=target_ms),
        parallel_rate=Indicator(
            value=ended.parallel_rate, sample=ended.asked_model, at_least=PARALLEL_AT_LEAST
        ),
        regeneration_rate=Indicator(
            value=ended.regeneration_rate, sample=ended.checked, at_least=least, at_most=most
        ),
        error_rate=Indicator(value=ended.error_rate, sample=ended.runs),
        cache_hit_rate=Indicator(value=called.hit_rate, sample=called.could_hit),
        usd=money.usd,
        unpriced=money.unpriced,
        usd_per_run=each(money.usd, ended.runs),
        projected_day=money.projected_day,
        alerts=_open_alerts(),
        health=state(),
    )


def _open_alerts() -> list[OpenAlert]:
    alerts = Alert.objects.filter(closed_at=None)
    return [OpenAlert.model_validate(alert, from_attributes=True) for alert in alerts]
