from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings

from metrics_app.models import Run
from metrics_app.record import unrecorded
from sessions_app import actions, pipeline
from sessions_app.actions import endings
from sessions_app.model_access import PARALLEL, variants_of
from sessions_app.models import RunStage, RunState, SessionRun
from sessions_app.stages.context import Check, RunContext
from sessions_app.stages.outputs import StageName, TextSource
from sessions_app.stages.problems import Problem, StageProblem
from tests.factories import RunFactory
from tests.metrics_app.test_ended_runs import break_down
from tests.sessions_app.actions.test_races import at_once
from tests.sessions_app.finished import finished_run
from tests.sessions_app.samples import TRANSCRIPTION, stages
from tests.sessions_app.second_reading import SECOND, STEP, configure

pytestmark = pytest.mark.django_db(transaction=True)

DRAFT = replace(TRANSCRIPTION, source=TextSource.DRAFT)


def record_of(run: SessionRun) -> Run:
    return Run.objects.get(run_id=run.pk)


def held(run: SessionRun) -> actions.Lease:
    lease = actions.claim_run(run_id=run.pk)
    assert lease is not None
    return lease


def read_twice(**fields: Any) -> SessionRun:
    return finished_run(own={"refinement": lambda context, check: SECOND}, **fields)


def fail(run: SessionRun) -> None:
    actions.fail_run(held(run), problem=Problem.SILENT, detail="-90 dBFS")


def quarantine(run: SessionRun) -> None:
    SessionRun.objects.filter(pk=run.pk).update(deaths=99)
    assert actions.claim_run(run_id=run.pk) is None


def cancel_while_it_waits(run: SessionRun) -> None:
    lease = held(run)
    SessionRun.objects.filter(pk=run.pk).update(cancel_requested=True)
    actions.wait_for_model(lease, reason="unavailable", retry_after=None)


ENDS: dict[str, tuple[Callable[[SessionRun], object], RunState]] = {
    "completed": (lambda run: actions.complete_run(held(run)), RunState.COMPLETED),
    "failed": (fail, RunState.FAILED),
    "cancelled by its worker": (
        lambda run: actions.mark_cancelled(held(run)),
        RunState.CANCELLED,
    ),
    "cancelled before a worker": (lambda run: actions.cancel_run(run=run), RunState.CANCELLED),
    "cancelled while it waits": (cancel_while_it_waits, RunState.CANCELLED),
    "put into quarantine": (quarantine, RunState.QUARANTINED),
}


@pytest.mark.parametrize("end", ENDS)
def test_however_a_run_ends_it_is_recorded_once(end: str) -> None:
    run = RunFactory.create()
    bring_about, state = ENDS[end]
    bring_about(run)
    run.refresh_from_db()
    row = record_of(run)
    assert (row.outcome, run.state) == (state, state)
    assert (row.kind, row.queue, row.owner_id) == ("session", "default", run.session.owner_id)
    assert row.finished_at == run.finished_at
    assert row.problem == run.problem
    assert actions.record_missing() == []
    assert Run.objects.count() == 1


@pytest.mark.parametrize("end", ENDS)
def test_a_broken_table_fails_no_run(end: str, caplog: pytest.LogCaptureFixture) -> None:
    run = RunFactory.create()
    bring_about, state = ENDS[end]
    broken = break_down("INSERT", "metrics_app_run")
    with caplog.at_level(logging.ERROR), connection.execute_wrapper(broken):
        bring_about(run)
    run.refresh_from_db()
    assert run.state == state
    assert "was not recorded" in caplog.text
    assert actions.record_missing() == [run.pk]
    assert record_of(run).outcome == state


def test_a_table_that_is_gone_fails_no_run() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE metrics_app_run RENAME TO metrics_app_run_away")
    try:
        run = finished_run()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE metrics_app_run_away RENAME TO metrics_app_run")
    assert run.state == RunState.COMPLETED
    assert not Run.objects.exists()


def test_a_report_is_recorded_with_its_figures_and_the_time_of_each_stage() -> None:
    run = read_twice()
    row = record_of(run)
    assert (row.mode, row.degraded, row.regenerated) == ("sequential", True, True)
    assert row.agreement_difference == run.fillers_difference == 1.0
    assert row.total_ms == run.processing_time_ms
    assert row.waited_ms is not None
    assert row.variants == variants_of(run)
    assert row.variants[PARALLEL]
    times = {time.stage: (time.state, time.duration_ms) for time in row.stages.all()}
    known = run.stages.exclude(stage=StageName.EMBEDDINGS)
    assert times == {stage.stage: (stage.state, stage.duration_ms) for stage in known}
    assert list(times) == ["media", "transcription", "rules", "refinement", "scoring"]


def test_a_stage_that_had_nothing_to_do_or_did_not_end_took_no_known_time() -> None:
    run = RunFactory.create()
    lease = held(run)
    actions.begin_stage(lease, stage=StageName.MEDIA)
    actions.save_stage(lease, stage=StageName.MEDIA, output=None, save=actions.save_media)
    actions.begin_stage(lease, stage=StageName.TRANSCRIPTION)
    actions.fail_run(lease, problem=Problem.SILENT, detail="")
    times = record_of(run).stages.values_list("stage", "state", "duration_ms")
    assert list(times) == [("media", "skipped", None), ("transcription", "failed", None)]


def test_a_run_that_never_began_has_no_times_and_no_variants() -> None:
    run = RunFactory.create()
    actions.cancel_run(run=run)
    row = record_of(run)
    assert (row.total_ms, row.waited_ms, row.variants, row.mode) == (None, None, {}, "")


def test_the_wait_is_from_the_order_to_the_first_worker() -> None:
    run = RunFactory.create()
    SessionRun.objects.update(queued_at=timezone.now() - timedelta(seconds=90))
    pipeline.execute(run.pk, stages())
    assert 90_000 <= (record_of(run).waited_ms or 0) < 120_000


def test_what_an_earlier_run_did_is_not_counted_again() -> None:
    first = read_twice()
    second = actions.start_run(session=first.session, from_stage="scoring")
    pipeline.execute(second.pk, stages())
    second.refresh_from_db()
    assert (second.mode, second.is_degraded, second.coaching_regenerated) == (
        "sequential",
        True,
        True,
    )
    row = record_of(second)
    assert (row.mode, row.degraded, row.regenerated) == ("", False, None)
    assert row.agreement_difference is None
    assert row.total_ms is None
    took = dict(row.stages.values_list("stage", "duration_ms"))
    assert [name for name, ms in took.items() if ms is not None] == ["scoring"]


def test_a_run_that_did_only_what_was_left_took_no_time_of_a_report() -> None:
    run = RunFactory.create()
    pipeline.execute(run.pk, stages(rules=stopped))
    assert record_of(run).total_ms is not None
    assert actions.retry_run(run=run)
    pipeline.execute(run.pk, stages())
    row = record_of(run)
    assert (row.outcome, row.total_ms) == (RunState.COMPLETED, None)
    assert row.stages.exclude(duration_ms=None).count() == 5


def stopped(context: RunContext, check: Check) -> None:
    raise StageProblem(Problem.SILENT)


@pytest.mark.parametrize(
    ("wanted", "mode"),
    [("", "parallel"), ("sequential", "sequential"), ("rule_based", "rule_based")],
)
def test_a_run_that_ends_in_the_second_reading_had_its_mode(
    wanted: str, mode: str, settings: Settings
) -> None:
    configure(settings)
    run = RunFactory.create(wanted_mode=wanted)
    pipeline.execute(run.pk, stages(refinement=stopped))
    assert (record_of(run).outcome, record_of(run).mode) == (RunState.FAILED, mode)


def test_a_run_that_ends_before_the_second_reading_had_no_mode(settings: Settings) -> None:
    configure(settings)
    run = RunFactory.create()
    pipeline.execute(run.pk, stages(rules=stopped))
    assert (record_of(run).mode, record_of(run).variants[PARALLEL]) == ("", True)


def test_without_a_model_a_run_that_ends_in_the_reading_was_by_rules() -> None:
    run = RunFactory.create()
    pipeline.execute(run.pk, stages(refinement=stopped))
    assert record_of(run).mode == "rule_based"


def test_what_was_never_to_be_parallel_has_no_such_variant(settings: Settings) -> None:
    configure(settings)
    first = read_twice()
    again = actions.start_run(session=first.session, coaching_only=True)
    pipeline.execute(again.pk, stages(refinement=lambda context, check: SECOND))
    drafted = finished_run(own={"transcription": lambda context, check: DRAFT})
    assert record_of(first).variants[PARALLEL]
    for run in (again, drafted):
        assert PARALLEL not in record_of(run).variants
        assert record_of(run).variants["answer_cache"]


def test_new_coaching_is_counted_as_its_own() -> None:
    first = read_twice()
    second = actions.start_run(session=first.session, from_stage="refinement")
    pipeline.execute(second.pk, stages(refinement=lambda context, check: SECOND))
    row = record_of(second)
    assert (row.mode, row.degraded) == (SECOND.mode, bool([STEP]))


def test_a_run_taken_up_again_ends_twice_and_waits_anew() -> None:
    run = RunFactory.create()
    SessionRun.objects.update(queued_at=timezone.now() - timedelta(days=2))
    fail(run)
    assert actions.retry_run(run=run)
    pipeline.execute(run.pk, stages())
    row = record_of(run)
    assert row.outcome == RunState.COMPLETED
    assert (row.waited_ms or 0) < 60_000
    nameless = Run.objects.get(run_id=None)
    assert (nameless.outcome, nameless.owner_id) == (RunState.FAILED, None)


def test_settings_of_another_version_are_no_reason_not_to_record() -> None:
    run = RunFactory.create(snapshot={"plan": "of another time"})
    actions.cancel_run(run=run)
    assert record_of(run).variants == {}


def test_a_deleted_talk_ends_its_run_and_leaves_nobodys_name() -> None:
    run = RunFactory.create()
    ended = finished_run()
    for each in (run, ended):
        actions.delete_session(session=each.session)
    assert set(Run.objects.values_list("outcome", "run_id", "owner_id")) == {
        (RunState.CANCELLED, None, None),
        (RunState.COMPLETED, None, None),
    }
    assert not SessionRun.objects.exists()


def test_an_erased_person_ends_their_runs_and_leaves_no_name() -> None:
    run = RunFactory.create()
    finished_run(session__owner=run.session.owner)
    kept = finished_run()
    actions.erase_account(user=run.session.owner)
    assert set(Run.objects.values_list("outcome", "run_id", "owner_id")) == {
        (RunState.CANCELLED, None, None),
        (RunState.COMPLETED, None, None),
        (RunState.COMPLETED, kept.pk, kept.session.owner_id),
    }


def test_what_is_taken_back_has_not_ended() -> None:
    run = RunFactory.create()
    with transaction.atomic():
        actions.cancel_run(run=run)
        transaction.set_rollback(True)
    assert not Run.objects.exists()


def test_a_model_that_is_waited_for_is_no_end() -> None:
    run = RunFactory.create()
    actions.wait_for_model(held(run), reason="unavailable", retry_after=None)
    actions.hand_back(held_again(run))
    assert not Run.objects.exists()


def held_again(run: SessionRun) -> actions.Lease:
    SessionRun.objects.filter(pk=run.pk).update(next_try_at=None)
    return held(run)


def in_between(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """`act` comes between finding out what is missing and recording it."""

    def then_act(kind: str, run_ids: Any) -> Any:
        missing = unrecorded(kind, run_ids)
        act()
        return missing

    monkeypatch.setattr(endings, "unrecorded", then_act)


class TestWhatIsMissing:
    def test_is_recorded_once(self) -> None:
        run = finished_run()
        Run.objects.all().delete()
        assert actions.record_missing() == [run.pk]
        assert actions.record_missing() == []
        row = record_of(run)
        assert (row.outcome, row.finished_at) == (RunState.COMPLETED, run.finished_at)
        assert row.stages.count() == 5

    def test_is_no_run_that_goes_on_and_none_of_an_earlier_day(self) -> None:
        RunFactory.create()
        RunFactory.create(
            state=RunState.FAILED, finished_at=timezone.now() - timedelta(hours=24, minutes=1)
        )
        recent = RunFactory.create(
            state=RunState.FAILED, finished_at=timezone.now() - timedelta(hours=23)
        )
        assert actions.record_missing() == [recent.pk]

    def test_is_not_recorded_of_a_run_that_goes_on_meanwhile(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run = RunFactory.create(state=RunState.FAILED, finished_at=timezone.now())
        in_between(monkeypatch, lambda: actions.retry_run(run=run))
        assert actions.record_missing() == []
        assert not Run.objects.exists()

    def test_is_not_recorded_of_a_talk_deleted_meanwhile(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run = RunFactory.create(state=RunState.FAILED, finished_at=timezone.now())
        in_between(monkeypatch, lambda: actions.delete_session(session=run.session))
        assert actions.record_missing() == []
        assert not Run.objects.exists()

    def test_is_recorded_once_by_two_at_once(self) -> None:
        for _ in range(5):
            finished_run()
        Run.objects.all().delete()
        start = threading.Barrier(2)

        def record() -> None:
            start.wait(20)
            actions.record_missing()

        at_once(record, record)
        assert Run.objects.count() == 5
        assert Run.objects.filter(stages__stage=StageName.MEDIA).count() == 5

    def test_names_nobody_who_is_deleted_at_the_same_time(self) -> None:
        runs = [finished_run() for _ in range(5)]
        Run.objects.all().delete()
        start = threading.Barrier(2)

        def delete() -> None:
            start.wait(20)
            for run in runs:
                actions.delete_session(session=run.session)

        def record() -> None:
            start.wait(20)
            actions.record_missing()

        at_once(delete, record)
        assert not RunStage.objects.exists()
        assert not Run.objects.exclude(run_id=None, owner_id=None).exists()
