"""How fast, and how often in vain."""

from __future__ import annotations

from collections.abc import Mapping

from metrics_app.api.answers import Outcomes, Performance, Times
from metrics_app.api.question import Question
from metrics_app.measures import calls
from metrics_app.measures.calls import CallsIn
from metrics_app.measures.runs import RunsIn, RunTotals
from metrics_app.spread import Spread


def performance(question: Question) -> Performance:
    window, scope = question.latest(), question.scope
    ended, called = RunsIn(window, scope), CallsIn(window, scope)
    took, latencies = ended.durations("", "kind"), called.latencies("", "purpose", "model")
    outcomes = called.outcomes()
    return Performance(
        asked=question.asked(window),
        runs=times(took[""][""]),
        runs_by_kind=_each(took["kind"]),
        stages=_each(ended.stages()),
        calls=times(latencies[""][""]),
        calls_by_operation=_each(latencies["purpose"]),
        calls_by_model=_each(latencies["model"]),
        run_outcomes=_run_outcomes(ended.totals("")[""][""]),
        call_outcomes=_call_outcomes(outcomes),
        calls_held_back=dict(outcomes.held_back),
    )


def times(spread: Spread) -> Times:
    return Times.model_validate(spread, from_attributes=True)


def _each(spreads: Mapping[str, Spread]) -> dict[str, Times]:
    return {name: times(spread) for name, spread in spreads.items()}


def _run_outcomes(found: RunTotals) -> Outcomes:
    return Outcomes(
        count=found.runs, error_rate=found.error_rate, by_outcome=dict(found.by_outcome)
    )


def _call_outcomes(found: calls.Outcomes) -> Outcomes:
    return Outcomes(
        count=found.calls, error_rate=found.error_rate, by_outcome=dict(found.by_outcome)
    )
