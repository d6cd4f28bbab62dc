"""The hybrid through real worker processes, against a model server over real HTTP."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse

from accounts_app.models import User
from metrics_app.queries import calls_of_run
from sessions_app.models import RunState, SessionRun
from tests.acceptance import system
from tests.acceptance.conftest import OwnRedis
from tests.acceptance.system import System
from tests.acceptance.talks import AGREEING, CONTESTED
from tests.acceptance.uploading import press, read_page, upload_talk, upload_text
from tests.deadline import eventually
from tests.simulator import Asked, Simulator

pytestmark = pytest.mark.django_db(transaction=True)

Starter = Callable[..., System]


@pytest.fixture
def with_model(
    live_env: dict[str, str],
    own_redis: OwnRedis,
    folder: Path,
    speaker: User,
    simulator: Simulator,
) -> Iterator[Starter]:
    """`up` with the simulator as its model; keywords are further settings."""
    started: list[System] = []

    def start(**settings: str) -> System:
        environment = {
            **live_env,
            "REDIS_URL": own_redis.url,
            "OPENAI_BASE_URL": simulator.url,
            "MODEL_RETRY_SECONDS": "1",
            **settings,
        }
        started.append(system.start(environment, folder))
        return started[-1]

    yield start
    for each in started:
        each.stop()


@pytest.fixture
def staff(django_user_model: type[User]) -> User:
    return django_user_model.objects.create_superuser("staff@example.com", "correct horse battery")


def finish(run: SessionRun, seconds: float = 180) -> SessionRun:
    def ended() -> bool:
        run.refresh_from_db()
        return not run.is_live

    eventually(ended, seconds=seconds, what="the run ends")
    assert run.state == RunState.COMPLETED, run.problem
    return run


def report_of(at: System, speaker: User, run: SessionRun) -> str:
    return as_text(read_page(at.url, speaker, f"/talks/{run.session_id}/"))


def as_text(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def complete(simulator: Simulator, purpose: str) -> list[Asked]:
    return [asked for asked in simulator.log(purpose) if asked.complete]


def ledger_total(run: SessionRun) -> Decimal:
    return sum((call.cost_usd or Decimal(0) for call in calls_of_run(run.pk)), Decimal(0))


def embedded(run: SessionRun) -> None:
    """Wait for the last job of a run, so that all of its calls are known."""

    def done() -> bool:
        return run.stages.filter(stage="embeddings", state__in=["done", "skipped"]).exists()

    eventually(done, seconds=180, what="the passages are embedded")


def test_analysis_and_coaching_overlap_and_an_agreed_talk_keeps_its_coaching(
    with_model: Starter, simulator: Simulator, speaker: User, staff: User
) -> None:
    running = with_model()
    simulator.hold()
    run = upload_text(running.url, speaker, "Bees", AGREEING)
    together = ["coaching", "review", "verdicts"]
    eventually(lambda: simulator.asked_for() == together, seconds=180, what="all are under way")
    simulator.release()
    finish(run)
    assert (run.mode, run.coaching_regenerated, run.steps_down) == ("parallel", False, [])
    assert (run.fillers_by_rule, run.fillers_by_ai, run.fillers_difference) == (7, 7, 0.0)
    page = report_of(running, speaker, run)
    staff_page = as_text(read_page(running.url, staff, admin_page(run)))
    for text in (page, staff_page):
        assert "0 %" in text or "0%" in text
    embedded(run)
    assert ledger_total(run) == simulator.bill().total > 0
    assert re.search(rf"{run.session_id}.*\b7\b.*\b7\b.*\b0 ?%", running.log.read_text())


def test_a_contested_talk_has_its_coaching_written_anew(
    with_model: Starter, simulator: Simulator, speaker: User, staff: User
) -> None:
    running = with_model()
    run = finish(upload_text(running.url, speaker, "Bees", CONTESTED))
    assert (run.mode, run.coaching_regenerated) == ("parallel", True)
    assert (run.fillers_by_rule, run.fillers_by_ai) == (7, 13)
    assert run.fillers_difference == pytest.approx(6 / 7)
    assert len(simulator.log("coaching")) == len(simulator.log("coaching_again")) == 1
    page = report_of(running, speaker, run)
    staff_page = as_text(read_page(running.url, staff, admin_page(run)))
    for text in (page, staff_page):
        assert re.search(r"\b7\b.*\b13\b.*\b86 ?%", text)
    assert re.search(rf"{run.session_id}.*\b7\b.*\b13\b.*86 ?%", running.log.read_text())


def test_with_the_flag_off_coaching_follows_the_analysis(
    with_model: Starter, simulator: Simulator, speaker: User
) -> None:
    running = with_model(ENABLE_PARALLEL_AI_PROCESSING="false")
    run = finish(upload_text(running.url, speaker, "Bees", AGREEING))
    assert (run.mode, run.coaching_regenerated, run.steps_down) == ("sequential", False, [])
    (coaching,) = simulator.log("coaching_again")
    assert not any(asked.overlaps(coaching) for asked in simulator.log("verdicts"))
    assert simulator.log("coaching") == []


def test_a_stall_ends_the_parallel_rung_and_its_finished_half_is_not_paid_twice(
    with_model: Starter, simulator: Simulator, speaker: User
) -> None:
    running = with_model(PARALLEL_SECONDS="20")
    simulator.next_faults(["stall"], "coaching")
    run = finish(upload_text(running.url, speaker, "Bees", AGREEING))
    assert run.mode == "sequential"
    (step,) = run.steps_down
    assert (step["left"], step["entered"], step["reason"]) == ("parallel", "sequential", "limit")
    windows = {
        simulator.body(asked.id)["messages"][1]["content"] for asked in all_verdicts(simulator)
    }
    assert len(all_verdicts(simulator)) == len(windows)
    assert len(simulator.log("review")) == 1
    assert len(complete(simulator, "coaching_again")) == 1


def all_verdicts(simulator: Simulator) -> list[Asked]:
    return simulator.log("verdicts")


def test_a_dead_server_is_waited_for_and_then_done_without_and_tried_again_when_it_is_back(
    with_model: Starter, simulator: Simulator, speaker: User
) -> None:
    running = with_model(MODEL_WAIT_SECONDS="20")
    simulator.kill()
    run = upload_text(running.url, speaker, "Bees", AGREEING)
    eventually(lambda: waits(run), seconds=180, what="the run waits for the model")
    finish(run)
    assert run.mode == "rule_based"
    assert run.steps_down
    page = report_of(running, speaker, run)
    assert "Try again with AI" in page
    simulator.start()
    press(
        running.url,
        speaker,
        reverse("run_try_again_with_ai", args=[run.session_id]),
        {},
        on=f"/talks/{run.session_id}/",
    )
    again = SessionRun.objects.get(session=run.session_id, number=2)
    finish(again)
    assert (again.mode, again.steps_down) == ("parallel", [])
    assert "Try again with AI" not in report_of(running, speaker, again)


def waits(run: SessionRun) -> bool:
    run.refresh_from_db()
    return run.state == RunState.WAITING_FOR_MODEL


def test_answers_received_before_a_kill_are_not_asked_for_again(
    with_model: Starter, simulator: Simulator, speaker: User
) -> None:
    running = with_model()
    simulator.next_faults(["stall"], "coaching")
    run = upload_text(running.url, speaker, "Bees", AGREEING)
    eventually(
        lambda: kept(simulator, run), seconds=180, what="verdicts and review are answered and kept"
    )
    (job,) = running.jobs()
    job.kill()
    finish(run)
    assert run.mode == "parallel"
    paid = answered(simulator)
    bodies = {simulator.body(a.id)["messages"][1]["content"] for a in paid}
    assert len(paid) == len(bodies), simulator.log()
    assert [a.complete for a in simulator.log("coaching")] == [False, True]
    embedded(run)
    assert ledger_total(run) == simulator.bill().total


def answered(simulator: Simulator) -> list[Asked]:
    return complete(simulator, "verdicts") + complete(simulator, "review")


def kept(simulator: Simulator, run: SessionRun) -> bool:
    recorded = calls_of_run(run.pk).filter(outcome="ok").count()
    return (
        bool(complete(simulator, "review") and complete(simulator, "verdicts"))
        and len(answered(simulator)) == recorded
        and bool(simulator.log("coaching"))
    )


def test_a_recording_is_transcribed_by_the_model(
    with_model: Starter, start_simulator: Callable[..., Simulator], speaker: User
) -> None:
    server = start_simulator()
    running = with_model(OPENAI_BASE_URL=server.url, AI_MODEL_TRANSCRIPTION="whisper-1")
    run = finish(upload_talk(running.url, speaker), 90)
    assert run.transcript is not None
    assert run.transcript.source == "api"
    assert run.mode == "parallel"
    embedded(run)
    assert run.passages.exists()
    assert ledger_total(run) == server.bill().total


def admin_page(run: SessionRun) -> str:
    return reverse("admin:sessions_app_sessionrun_change", args=[run.pk])
