"""Many talks past a server of whose answers a fifth is none: beside the same without faults."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings

from benchmarks.progress import say
from metrics_app.models import Call
from tests import simulator as model_server
from tests.faulty import talks
from tests.faulty.evidence import Batch
from tests.faulty.plan import RETRY_AFTER, Plan
from tests.faulty.reading import read
from tests.faulty.workers import forget_everything, until_over, workers
from tests.simulator import Simulator

LONGEST_SECONDS = 3600.0  # for all of them


@dataclass(frozen=True, slots=True)
class Trial:
    """`calls` without faults."""

    batch: Batch
    calls: int


def trial(plan: Plan) -> Trial:
    """Raises `AssertionError` when a worker breaks, or the talks do not end."""
    with server(plan) as simulator:
        calls = len(_batch("calm", plan, simulator).log)
    with server(plan, *_faults(plan)) as simulator:
        return Trial(_batch("faulty", plan, simulator), calls)


@contextmanager
def server(plan: Plan, *arguments: str) -> Iterator[Simulator]:
    """Whom the product asks meanwhile; the books and Redis begin anew."""
    Call.objects.all().delete()
    forget_everything()
    pace = ("--profile", "token", "--time-scale", str(plan.scale), "--seed", str(plan.seed))
    simulator = model_server.start(*pace, *arguments)
    settings.OPENAI_BASE_URL = simulator.url
    try:
        yield simulator
    finally:
        simulator.stop()


def _faults(plan: Plan) -> list[str]:
    rates = [f"--fault={kind}={rate}" for kind, rate in plan.rates.items()]
    return [*rates, "--faults-by-question", "--retry-after", str(RETRY_AFTER)]


def _batch(series: str, plan: Plan, simulator: Simulator) -> Batch:
    given = talks.give(series, talks.speakers(plan.sessions, series), plan.seed)
    say(f"{series}: {len(given)} talks are there")
    began = time.monotonic()
    with workers(plan.processes):
        until_over(LONGEST_SECONDS)
    seconds = time.monotonic() - began
    say(f"{series}: all have ended after {seconds:.0f} s")
    return read([talk.title for talk in given], simulator, seconds)
