"""How fast, and how often in vain."""

from __future__ import annotations

from collections.abc import Mapping

from metrics_app.api.answers import Outcomes, Performance, Times
from metrics_app.api.question import Question
from metrics_app.measures import calls, runs
from metrics_app.measures.calls import CallTotals
from metrics_app.measures.runs import RunTotals
from metrics_app.spread import Spread


def performance(question: Question) -> Performance:
    window, scope = question.latest(), question.scope
    return Performance(
        asked=question.asked(window),
        runs=times(runs.durations(window, scope)[""]),
        runs_by_kind=_each(runs.durations(window, scope, "kind")),
        stages=_each(runs.stage_durations(window, scope)),
        calls=times(calls.latency(window, scope)[""]),
        calls_by_operation=_each(calls.latency(window, scope, "purpose")),
        calls_by_model=_each(calls.latency(window, scope, "model")),
        run_outcomes=_run_outcomes(runs.totals(window, scope)[""]),
        call_outcomes=_call_outcomes(calls.totals(window, scope)[""]),
    )


def times(spread: Spread) -> Times:
    return Times.model_validate(spread, from_attributes=True)


def _each(spreads: Mapping[str, Spread]) -> dict[str, Times]:
    return {name: times(spread) for name, spread in spreads.items()}


def _run_outcomes(found: RunTotals) -> Outcomes:
    return Outcomes(
        count=found.runs, error_rate=found.error_rate, by_outcome=dict(found.by_outcome)
    )


def _call_outcomes(found: CallTotals) -> Outcomes:
    return Outcomes(
        count=found.calls, error_rate=found.error_rate, by_outcome=dict(found.by_outcome)
    )
