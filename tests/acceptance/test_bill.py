"""What the books say of two hundred talks, against the bill of the server they were read by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from pytest_django import Settings

from accounts_app.models import User
from metrics_app.measures import calls, runs
from metrics_app.models import Run
from metrics_app.windows import Window
from sessions_app import pipeline
from sessions_app.models import SessionRun
from tests.acceptance.talks import AGREEING
from tests.factories import RunFactory, UserFactory
from tests.simulator import Simulator

pytestmark = pytest.mark.django_db(transaction=True)

TALKS = 100
AT_ONCE = 4
UNLUCKY = {"429": 0.05, "500": 0.03, "wrong_schema": 0.03, "truncated_json": 0.02, "reset": 0.02}


@pytest.fixture
def server(settings: Settings, start_simulator: Callable[..., Simulator]) -> Simulator:
    server = start_simulator("--profile", "token", "--time-scale", "0.01")
    settings.OPENAI_BASE_URL = server.url
    settings.AI_USER_DAILY_USD = settings.AI_DAILY_USD = ""
    return server


def talks(owners: Sequence[User]) -> list[SessionRun]:
    """Each says something that no other one says."""
    return [
        RunFactory.create(
            session__owner=owners[number % len(owners)],
            session__transcript_text=f"{AGREEING} This was my talk number {number}.",
            session__transcript_format="txt",
        )
        for number in range(TALKS)
    ]


def read(all_: list[SessionRun]) -> None:
    def execute(run: SessionRun) -> None:
        try:
            pipeline.execute(run.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(execute, all_))


def test_two_hundred_talks_with_retries_and_kept_answers_cost_what_is_on_the_bill(
    server: Simulator,
) -> None:
    owners = UserFactory.create_batch(5)
    server.set_faults(UNLUCKY)
    read(talks(owners))
    read(talks(owners))  # the same words again, which were answered already
    window = Window.last(60)
    counted, ended = calls.totals(window)[""], runs.totals(window)[""]
    billed = [asked for asked in server.log() if asked.complete]

    assert dict(ended.by_outcome) == {"completed": 2 * TALKS}
    assert counted.usd == server.bill().total > 0
    assert counted.tokens_in == sum(asked.tokens_in for asked in billed)
    assert counted.tokens_cached == sum(asked.tokens_cached for asked in billed) > 0
    assert counted.tokens_out == sum(asked.tokens_out for asked in billed)
    assert counted.calls == len(server.log())
    assert counted.hits == counted.could_hit > TALKS
    assert {"rate_limited", "server_error"} < set(counted.by_outcome)
    assert Run.objects.exclude(waited_ms=None).count() == 2 * TALKS
