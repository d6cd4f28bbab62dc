"""What rules look at: one value each, with how much it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from ai.breaker import FAILURES, OPEN_SECONDS
from metrics_app.alerts.breakers import open_breakers
from metrics_app.health import OUR_OWN, SERVER_FAILED, Check, Health, QueueState
from metrics_app.measures import calls, runs, spending
from metrics_app.models import Outcome
from metrics_app.windows import Scope, Window

PEOPLE_WAIT = "default"
"""The queue of talks whose words somebody else writes down. What is in the other queues may wait,
and takes minutes where it is drafted here: targets in seconds say nothing of it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    window: Window
    health: Health


@dataclass(frozen=True, slots=True)
class Reading:
    """`value` in the rule's unit, `None` where there is none. `because`: what is broken for sure,
    whatever the value and its sample. `blind`: some of it could not be asked, so nothing says
    that all is well."""

    value: float | None
    sample: int
    because: str = ""
    blind: bool = False

    @property
    def is_empty(self) -> bool:
        """There was nothing to measure."""
        return self.value is None and not self.because and not self.blind


def p95_seconds(evidence: Evidence, kind: str) -> Reading:
    """The 95th percentile of how long completed runs of one kind took."""
    spread = runs.durations(evidence.window, of_people(kind)).get("")
    if spread is None or spread.p95 is None:
        return Reading(None, 0)
    return Reading(spread.p95 / 1000, spread.count)


def of_people(kind: str) -> Scope:
    return Scope(kind=kind, priority=PEOPLE_WAIT)


def run_errors(evidence: Evidence) -> Reading:
    """The share of runs that failed or were set aside, of all that nobody cancelled."""
    totals = runs.totals(evidence.window)[""]
    ended = totals.runs - totals.by_outcome.get(Outcome.CANCELLED, 0)
    return Reading(totals.error_rate, ended)


def spent_usd(evidence: Evidence) -> Reading:
    """What is known of the cost. No calls cost nothing: that much is known."""
    totals = calls.totals(evidence.window)[""]
    return Reading(float(totals.usd), totals.calls)


def projected_usd(evidence: Evidence) -> Reading:
    """What a day costs that goes on like the window; nothing where there are no calls."""
    projected = spending.cost(evidence.window).projected_day
    return Reading(float(projected or 0), calls.totals(evidence.window)[""].calls)


def hit_share(evidence: Evidence) -> Reading:
    """Of the calls whose answer was kept, how many were answered by it."""
    totals = calls.totals(evidence.window)[""]
    return Reading(totals.hit_rate, totals.could_hit)


def regenerated_share(evidence: Evidence) -> Reading:
    """Of the runs whose agreement was checked, how many had coaching written anew."""
    totals = runs.totals(evidence.window)[""]
    return Reading(totals.regeneration_rate, totals.checked)


def parallel_share(evidence: Evidence) -> Reading:
    """Of the runs that were to have their calls side by side, how many did and were completed."""
    totals = runs.totals(evidence.window)[""]
    return Reading(totals.parallel_rate, totals.asked_model)


def api_errors(evidence: Evidence) -> Reading:
    """The share of calls that the server did not answer as it should. What we cancelled or did not
    pay for says nothing of it; a server that is left alone is away whatever the share."""
    totals = calls.totals(evidence.window)[""]
    by_outcome = totals.by_outcome
    asked = totals.calls - sum(by_outcome.get(outcome, 0) for outcome in OUR_OWN)
    failed = sum(by_outcome.get(outcome, 0) for outcome in SERVER_FAILED)
    value = failed / asked if asked else None
    try:
        return Reading(value, asked, _left_alone(open_breakers()))
    except RedisError:
        return Reading(value, asked, blind=True)  # that Redis is away has a rule of its own


def _left_alone(models: Sequence[str]) -> str:
    if not models:
        return ""
    return _(
        "Calls to %(models)s are paused: %(failures)d in a row failed. At most one every "
        "%(seconds)d seconds is sent, to see whether the server is back."
    ) % {"models": ", ".join(models), "failures": FAILURES, "seconds": OPEN_SECONDS}


def redis_state(evidence: Evidence) -> Reading:
    return _state(evidence.health.redis)


def database_state(evidence: Evidence) -> Reading:
    return _state(evidence.health.database)


def _state(check: Check) -> Reading:
    because = "" if check.ok else _("It does not answer: %s.") % (check.detail or "?")
    return Reading(None if because else 0.0, 0 if because else 1, because)


def oldest_seconds(evidence: Evidence) -> Reading:
    """How long the oldest job has waited that ought not to wait: that of a talk somebody waits for,
    or of a queue on which nobody works.
    """
    if not evidence.health.redis.ok:
        return Reading(None, 0, blind=True)
    waiting = (state.oldest_seconds for state in evidence.health.queues if _is_urgent(state))
    oldest = max(chain((0.0,), (seconds for seconds in waiting if seconds is not None)))
    return Reading(oldest, sum(state.waiting for state in evidence.health.queues))


def _is_urgent(state: QueueState) -> bool:
    return state.name == PEOPLE_WAIT or not state.workers
