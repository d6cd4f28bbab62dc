"""Runs with the product's own stages, against a model server over HTTP."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings
from redis import Redis

from metrics_app.models import Call
from sessions_app import actions, embedding, pipeline, queries
from sessions_app.coaching import branches
from sessions_app.models import Passage, PracticeSession, RunState, SessionRun
from sessions_app.stages.outputs import StageName
from tests.acceptance.talks import AGREEING, CONTESTED
from tests.factories import RunFactory
from tests.simulator import Simulator

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def model(settings: Settings, simulator: Simulator) -> None:
    settings.OPENAI_BASE_URL = simulator.url


def talk(text: str, **fields: object) -> SessionRun:
    return RunFactory.create(
        session__transcript_text=text, session__transcript_format="txt", **fields
    )


def execute(run: SessionRun) -> SessionRun:
    pipeline.execute(run.pk)
    return SessionRun.objects.select_related("session").get(pk=run.pk)


def completed(run: SessionRun) -> SessionRun:
    run = execute(run)
    assert run.state == RunState.COMPLETED, (run.state, run.problem, run.problem_detail)
    return run


def again(run: SessionRun, **how: object) -> SessionRun:
    session = PracticeSession.objects.get(pk=run.session_id)
    return completed(actions.start_run(session=session, **how))  # type: ignore[arg-type]


def reviewed(run: SessionRun) -> list[tuple[str, int]]:
    found = run.findings.filter(review__isnull=False)
    return list(found.values_list("label", "start_word"))


def test_the_report_of_a_contested_talk_has_both_counts_and_the_review() -> None:
    run = completed(talk(CONTESTED))
    assert (run.mode, run.is_degraded) == ("parallel", False)
    assert run.coaching_regenerated
    report = queries.report(run)
    assert report is not None
    assert report.review is not None
    assert report.metrics is not None
    assert report.metrics.fillers_total == run.fillers_by_ai != run.fillers_by_rule
    assert reviewed(run)


def test_new_coaching_alone_asks_for_nothing_else(simulator: Simulator) -> None:
    first = completed(talk(CONTESTED))
    asked = len(simulator.log("verdicts"))
    second = again(first, coaching_only=True)
    assert len(simulator.log("verdicts")) == asked
    assert (len(simulator.log("review")), reviewed(second)) == (1, reviewed(first))
    counts = (first.fillers_by_rule, first.fillers_by_ai)
    assert (second.fillers_by_rule, second.fillers_by_ai) == counts
    before, after = queries.report(first), queries.report(second)
    assert before is not None
    assert after is not None
    assert (after.review, after.windows) == (before.review, before.windows)


def test_reading_the_same_words_again_pays_for_nothing(simulator: Simulator) -> None:
    first = completed(talk(CONTESTED))
    asked = len(simulator.log())
    second = again(first, from_stage="refinement")
    assert len(simulator.log()) == asked
    assert reviewed(second) == reviewed(first)
    assert (second.fillers_by_rule, second.fillers_by_ai) == (
        first.fillers_by_rule,
        first.fillers_by_ai,
    )
    assert Call.objects.filter(run_id=second.pk, cache_hit=True).exists()


def test_a_dead_server_is_waited_for_then_done_without_and_made_up_for_later(
    settings: Settings, simulator: Simulator, redis_client: Redis
) -> None:
    settings.PARALLEL_SECONDS = settings.SEQUENTIAL_SECONDS = 2.0
    simulator.kill()
    run = execute(talk(AGREEING))
    assert run.state == RunState.WAITING_FOR_MODEL
    assert run.waiting_reason
    past = timezone.now() - timedelta(seconds=settings.MODEL_WAIT_SECONDS + 1)
    SessionRun.objects.update(waiting_since=past, next_try_at=past)
    run = completed(run)
    assert (run.mode, run.is_degraded) == ("rule_based", True)
    assert queries.try_again_from(run.session) is StageName.REFINEMENT
    simulator.start()
    redis_client.flushall()  # the breaker would let the next run wait for it to close
    settings.PARALLEL_SECONDS = settings.SEQUENTIAL_SECONDS = 60.0
    better = again(run, from_stage="refinement")
    assert (better.mode, better.steps_down) == ("parallel", [])
    assert queries.try_again_from(better.session) is None


@pytest.mark.parametrize("wanted", ["sequential", "rule_based"])
def test_staff_choose_a_lower_rung(simulator: Simulator, wanted: str) -> None:
    run = completed(talk(AGREEING, wanted_mode=wanted))
    assert (run.mode, run.steps_down) == (wanted, [])
    assert bool(simulator.log()) is (wanted == "sequential")


def test_passages_of_a_talk_given_twice_find_each_other() -> None:
    first = completed(talk(AGREEING))
    embedding.execute(first.pk)
    second = completed(talk(AGREEING, session__owner=first.session.owner))
    embedding.execute(second.pk)
    moments = list(queries.similar_moments(second))
    assert moments
    assert all(moment.earlier.run == first for moment in moments)
    assert {row.state for row in second.stages.filter(stage="embeddings")} == {"done"}
    assert Call.objects.filter(run_id=second.pk, purpose__startswith="embed").exists()
    actions.delete_session(session=first.session)
    assert not queries.similar_moments(second).exists()
    assert set(Passage.objects.values_list("run", flat=True)) == {second.pk}


def test_trying_again_asks_anew_for_what_was_of_no_use(
    simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(branches, "astray", lambda *_: True)  # a model that speaks of other talks
        run = completed(talk(CONTESTED))
        assert run.mode == "rule_based"
    asked = len(simulator.log("verdicts"))
    monkeypatch.setattr(branches, "astray", lambda *_: not len(simulator.log("verdicts")) > asked)
    assert again(run, from_stage="refinement").mode == "parallel"
