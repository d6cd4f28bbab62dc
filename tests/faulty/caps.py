"""Several processes spend at once on behalf of a few people, against caps of the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from django.conf import settings

from metrics_app.models import Call, Spending
from sessions_app.models import RunState, SessionRun
from tests.chaos.check import Check, at_most
from tests.faulty import talks
from tests.faulty.plan import Plan
from tests.faulty.trial import server
from tests.faulty.workers import until_over, workers
from tests.simulator import Simulator

PEOPLE, EACH = 3, 40  # talks of everybody
OWNER_CAP, CAP = Decimal("0.30"), Decimal("0.70")  # US dollars a day
LEAST = 0.8  # of a cap: what is set aside for calls under way is not spent
PATIENCE = 600.0


def caps(plan: Plan) -> list[Check]:
    """The first cap stops each person, the second all of them together."""
    try:
        return [
            *_checks("cap per user", plan, OWNER_CAP, None),
            *_checks("cap for all", plan, None, CAP),
        ]
    finally:
        settings.AI_USER_DAILY_USD = settings.AI_DAILY_USD = ""


def _checks(
    name: str, plan: Plan, owner_cap: Decimal | None, cap: Decimal | None
) -> Iterator[Check]:
    settings.AI_USER_DAILY_USD, settings.AI_DAILY_USD = str(owner_cap or ""), str(cap or "")
    Spending.objects.all().delete()
    series = name.replace(" ", "-")
    with server(plan) as simulator:
        given = talks.give(series, talks.speakers(PEOPLE, series) * EACH, plan.seed)
        with workers(plan.processes):
            until_over(PATIENCE)
        owners = {talk.title: talk.owner_id for talk in given}
        billed, bill = _billed(simulator, owners), simulator.bill().total
    limit, spent = (owner_cap, max(billed.values())) if owner_cap else (cap, bill)
    assert limit is not None
    share = float(spent / limit)
    yield Check(f"{name}: most spent, by the server", f"{spent:.4f}", f"≤ {limit}", spent <= limit)
    yield Check(f"{name}: of it used", f"{share:.0%}", f"≥ {LEAST:.0%}", share >= LEAST)
    runs = SessionRun.objects.filter(session__in=given)
    stopped = Call.objects.filter(outcome="spend_cap").values("run_id").distinct().count()
    yield Check(f"{name}: talks that it stopped something of", str(stopped), "> 0", stopped > 0)
    ended = runs.filter(state=RunState.COMPLETED).count()
    yield at_most(f"{name}: talks without a report", len(given) - ended, 0)


def _billed(simulator: Simulator, owners: dict[str, int]) -> dict[int, Decimal]:
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for asked in simulator.log():
        sums[owners[asked.project]] += asked.cost or Decimal(0)
    return sums
