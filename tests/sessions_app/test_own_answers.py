from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import Settings

from ai.errors import Outcome
from ai.ledger import CallRecord, Subject
from metrics_app.models import Call, KeptAnswer
from sessions_app import actions, pipeline
from sessions_app.books import TalkBooks
from sessions_app.model_access import ANSWER_CACHE, RUN_KIND
from sessions_app.models import RunState, SessionRun
from sessions_app.own_answers import OwnAnswers
from sessions_app.stages import refinement
from sessions_app.stages.context import Check, RunContext
from sessions_app.stages.outputs import StageName
from sessions_app.stages.problems import ModelAway
from tests.acceptance.talks import AGREEING
from tests.factories import RunFactory
from tests.metrics_app.switches import switch
from tests.simulator import Simulator

pytestmark = pytest.mark.django_db(transaction=True)


def keep(run: SessionRun, books: TalkBooks, answer: str) -> None:
    subject = Subject(7, RUN_KIND, run.pk, run.session_id)
    call = CallRecord(uuid4(), subject, "review", "m", "", 1, Outcome.OK, datetime.now(UTC))
    books.keep("key", answer, 30, call)


def test_a_run_finds_its_own_answers_and_no_others() -> None:
    run = RunFactory.create()
    keep(run, TalkBooks(), "of another run")
    assert OwnAnswers(run.pk).find(7, "key") is None
    keep(run, OwnAnswers(run.pk), "of this run")
    assert OwnAnswers(run.pk).find(7, "key") == "of this run"
    assert OwnAnswers(run.pk).find(8, "key") is None
    assert OwnAnswers(uuid4()).find(7, "key") is None
    assert TalkBooks().find(7, "key") == "of another run"


def test_its_answers_go_with_the_talk_as_all_do() -> None:
    run = RunFactory.create()
    keep(run, OwnAnswers(run.pk), "of this run")
    assert KeptAnswer.objects.get().about == run.session_id


@pytest.fixture
def run(settings: Settings, simulator: Simulator) -> SessionRun:
    """Of somebody for whom the cache is switched off."""
    settings.OPENAI_BASE_URL = simulator.url
    switch(ANSWER_CACHE, False)
    return RunFactory.create(session__transcript_text=AGREEING, session__transcript_format="txt")


def paid(run: SessionRun) -> int:
    return Call.objects.filter(run_id=run.pk, cache_hit=False, outcome=Outcome.OK).count()


def test_switched_off_the_same_talk_is_paid_again(run: SessionRun) -> None:
    pipeline.execute(run.pk)
    run.session.refresh_from_db()
    second = actions.start_run(session=run.session, from_stage="refinement")
    pipeline.execute(second.pk)
    assert paid(run) == paid(second) > 0
    assert not Call.objects.filter(cache_hit=True).exists()


def test_switched_off_a_run_that_was_interrupted_does_not_pay_twice(run: SessionRun) -> None:
    def interrupted(context: RunContext, check: Check) -> Any:
        refinement.run(context, check)
        raise ModelAway(Outcome.UNAVAILABLE)

    stages = [
        replace(stage, run=interrupted) if stage.name is StageName.REFINEMENT else stage
        for stage in pipeline.STAGES
    ]
    pipeline.execute(run.pk, stages)
    before = paid(run)
    run.refresh_from_db()
    assert run.state == RunState.WAITING_FOR_MODEL
    past = timezone.now() - timedelta(seconds=1)
    SessionRun.objects.filter(pk=run.pk).update(next_try_at=past)
    pipeline.execute(run.pk)
    run.refresh_from_db()
    assert run.state == RunState.COMPLETED
    assert paid(run) == before > 0
    assert Call.objects.filter(run_id=run.pk, cache_hit=True).exists()
