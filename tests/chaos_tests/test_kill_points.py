"""A worker killed at every boundary between two stages, just before and just after it is stored."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, NoReturn

import pytest
from django.core.files.storage import default_storage
from django.db import connections, transaction
from django.utils import timezone

from metrics_app.models import Run
from sessions_app import actions, pipeline
from sessions_app.actions import outcomes
from sessions_app.models import RunStage, RunState, SessionRun
from sessions_app.pipeline import STAGES, Stage
from sessions_app.stages.outputs import StageName
from tests.factories import RunFactory
from tests.sessions_app.samples import stages

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = [stage.name for stage in STAGES]
POINTS = ("in the middle of", "before the commit of", "after the commit of")


def die(*_: Any) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")


def deadly(stage: Stage, point: str) -> Stage:
    """The stage, in which its process dies."""
    if point == POINTS[0]:
        return replace(stage, run=die)

    def save(run: SessionRun, row: RunStage, output: Any) -> None:
        stage.save(run, row, output)
        if point == POINTS[1]:
            die()
        transaction.on_commit(die)

    return replace(stage, save=save)


def killed_at(name: StageName, point: str) -> Sequence[Stage]:
    return [deadly(stage, point) if stage.name is name else stage for stage in stages()]


def in_a_worker(work: Callable[[], object]) -> int:
    """Do it in a process of its own; the signal that ended this, 0 for none."""
    connections.close_all()  # none is shared by two processes
    if not (child := os.fork()):
        try:
            work()
        finally:
            os._exit(0)
    return os.WTERMSIG(os.waitpid(child, 0)[1])


def take_up(run: SessionRun) -> None:
    """As the next worker does once the lease has ended, with stages that are not deadly."""
    past = timezone.now() - timedelta(seconds=1)
    SessionRun.objects.filter(pk=run.pk).update(lease_expires_at=past)
    pipeline.execute(run.pk, stages())
    run.refresh_from_db()


def attempts(run: SessionRun) -> dict[str, int]:
    return dict(run.stages.exclude(stage="embeddings").values_list("stage", "attempt"))


def everything(run: SessionRun) -> Iterator[object]:
    """What a report is made of, without the names of its rows and the times."""
    yield run.state, run.mode, run.steps_down
    yield list(run.stages.values_list("stage", "state"))
    yield list(run.findings.values_list("kind", "label", "start_word", "end_word", "review"))
    yield list(run.session.transcripts.values_list("words", flat=True))
    yield run.metrics.metrics, run.metrics.scores, run.coaching.content
    yield list(Run.objects.filter(run_id=run.pk).values_list("outcome", "mode"))


def undisturbed() -> list[object]:
    run = RunFactory.create()
    pipeline.execute(run.pk, stages())
    run.refresh_from_db()
    return list(everything(run))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("point", POINTS)
def test_a_run_killed_there_ends_like_any_other_and_repeats_only_what_was_not_stored(
    point: str, name: StageName
) -> None:
    run, expected = RunFactory.create(), undisturbed()
    died = in_a_worker(lambda: pipeline.execute(run.pk, killed_at(name, point)))
    assert died == signal.SIGKILL
    take_up(run)
    assert list(everything(run)) == expected
    repeated = name if point != POINTS[2] else None
    assert attempts(run) == {each: 1 + (each is repeated) for each in NAMES}
    run.session.refresh_from_db()
    assert run.session.current_run_id == run.pk


def test_a_run_killed_between_its_claim_and_its_first_stage_counts_one_death() -> None:
    run = RunFactory.create()
    in_a_worker(lambda: (actions.claim_run(run_id=run.pk), die()))
    assert actions.claim_run(run_id=run.pk) is None  # as long as the lease lasts
    take_up(run)
    assert (run.state, run.attempts) == (RunState.COMPLETED, 2)


@pytest.mark.parametrize("stored", [False, True], ids=["before", "after"])
def test_a_run_killed_when_it_completes_is_completed_once(
    stored: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(run: SessionRun) -> None:
        transaction.on_commit(die) if stored else die()

    run, expected = RunFactory.create(), undisturbed()
    with monkeypatch.context() as patched:
        patched.setattr(outcomes, "plan_embedding", end)
        assert in_a_worker(lambda: pipeline.execute(run.pk, stages())) == signal.SIGKILL
    run.refresh_from_db()
    assert (run.state == RunState.COMPLETED) is stored
    if not stored:
        take_up(run)
        assert list(everything(run)) == expected
    assert run.session.runs.count() == Run.objects.filter(run_id=run.pk).count() == 1


def test_a_file_of_a_killed_worker_is_no_part_of_the_report() -> None:
    run = RunFactory.create()
    in_a_worker(lambda: pipeline.execute(run.pk, killed_at(StageName.MEDIA, POINTS[1])))
    take_up(run)
    output = run.stages.get(stage="media").output
    assert output is not None
    assert default_storage.exists(output["audio_name"])
    folder = f"sessions/{run.session_id}"
    assert len(default_storage.listdir(folder)[1]) == 2  # the other one is tidied after a day
