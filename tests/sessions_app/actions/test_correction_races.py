"""Corrections beside other writers, on real connections of either database."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from sessions_app import actions, pipeline, queries
from sessions_app.actions import Refusal
from sessions_app.models import Correction, PracticeSession, RunMetrics, SessionRun
from sessions_app.pipeline import STAGES
from sessions_app.stages.outputs import StageName
from tests.sessions_app.actions.test_corrections import OTHER_UM, UM, correct, fillers, reported
from tests.sessions_app.actions.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def together(*works: Callable[[], object]) -> None:
    """All begin at the same moment."""
    barrier = threading.Barrier(len(works))

    def begin(work: Callable[[], object]) -> Callable[[], object]:
        def run() -> None:
            barrier.wait(20)
            work()

        return run

    at_once(*(begin(work) for work in works))


def scored(run: SessionRun) -> actions.Lease:
    """A new run of the talk that is about to become its report."""
    again = actions.start_run(session=run.session, from_stage=StageName.RULES)
    lease = actions.claim_run(run_id=again.pk)
    assert lease is not None
    context = queries.run_context(SessionRun.objects.get(pk=again.pk), Path())
    for stage in STAGES[2:]:
        actions.begin_stage(lease, stage=stage.name)
        output = stage.run(context, lambda: None)
        actions.save_stage(lease, stage=stage.name, output=output, save=stage.save)
        context = context.with_output(stage.name, output)
    return lease


@pytest.mark.parametrize("attempt", range(5))
def test_a_run_that_becomes_the_report_misses_no_correction(attempt: int) -> None:
    run = reported()
    lease = scored(run)
    together(
        lambda: actions.complete_run(lease),
        lambda: correct(run, "not_a_filler", UM),
    )
    session = PracticeSession.objects.select_related("current_run").get(pk=run.session_id)
    assert session.current_run is not None
    assert session.current_run_id == lease.run_id
    assert fillers(session.current_run) == 1


def test_a_run_that_becomes_the_report_misses_nothing_taken_back() -> None:
    run = reported()
    row = correct(run, "not_a_filler", UM)
    lease = scored(run)
    together(
        lambda: actions.complete_run(lease),
        lambda: actions.take_back(correction=row),
    )
    assert fillers(SessionRun.objects.get(pk=lease.run_id)) == 2


def test_two_corrections_at_once_are_both_in_the_report() -> None:
    run = reported()
    together(
        lambda: correct(run, "not_a_filler", UM),
        lambda: correct(run, "not_a_filler", OTHER_UM),
    )
    assert fillers(run) == 0
    assert RunMetrics.objects.get(run=run).fillers_total == 0
    assert Correction.objects.count() == 2


def test_the_same_correction_at_once_is_made_once() -> None:
    run = reported()
    refused: list[Refusal] = []

    def click() -> None:
        try:
            correct(run, "not_a_filler", UM)
        except actions.CannotCorrect as error:
            refused.append(error.reason)

    together(click, click)
    assert refused == [Refusal.ALREADY_SO]
    assert Correction.objects.count() == 1


def test_taking_back_at_once_is_done_once() -> None:
    run = reported()
    row = correct(run, "not_a_filler", UM)
    together(*[lambda: actions.take_back(correction=row)] * 2)
    assert fillers(run) == 2


@pytest.mark.parametrize("attempt", range(3))
def test_a_talk_that_is_deleted_meanwhile_leaves_nothing(attempt: int) -> None:
    run = reported()

    def click() -> None:
        with suppress(actions.CannotCorrect):  # when the deletion was first
            correct(run, "not_a_filler", UM)

    together(click, lambda: actions.delete_session(session=run.session))
    assert not PracticeSession.objects.exists()
    assert not Correction.objects.exists()


def test_correcting_and_starting_anew_at_once_lose_neither() -> None:
    run = reported()
    together(
        lambda: correct(run, "not_a_filler", UM),
        lambda: actions.start_run(session=run.session),
    )
    session = PracticeSession.objects.select_related("latest_run").get(pk=run.session_id)
    assert session.latest_run is not None
    pipeline.execute(session.latest_run.pk)
    assert fillers(session.latest_run) == 1
