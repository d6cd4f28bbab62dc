from __future__ import annotations

import uuid

import pytest

from sessions_app import actions
from sessions_app.models import RunStage, SessionRun, StageState, Transcript
from sessions_app.stages.outputs import StageName
from tests.factories import RunFactory
from tests.sessions_app.samples import TRANSCRIPTION

pytestmark = pytest.mark.django_db
STAGE = StageName.TRANSCRIPTION


@pytest.fixture
def lease() -> actions.Lease:
    lease = actions.claim_run(run_id=RunFactory.create().pk)
    assert lease is not None
    return lease


def save(lease: actions.Lease) -> None:
    actions.save_stage(lease, stage=STAGE, output=TRANSCRIPTION, save=actions.save_transcription)


def test_a_stage_is_running_then_done_with_its_duration(lease: actions.Lease) -> None:
    actions.begin_stage(lease, stage=STAGE)
    row = RunStage.objects.get(run=lease.run_id)
    assert (row.state, row.attempt, row.finished_at) == (StageState.RUNNING, 1, None)
    save(lease)
    row.refresh_from_db()
    assert row.state == StageState.DONE
    assert row.finished_at is not None
    assert row.duration_ms is not None


def test_beginning_again_counts_attempts(lease: actions.Lease) -> None:
    actions.begin_stage(lease, stage=STAGE)
    actions.begin_stage(lease, stage=STAGE)
    assert RunStage.objects.get(run=lease.run_id).attempt == 2


def test_no_output_means_skipped(lease: actions.Lease) -> None:
    actions.begin_stage(lease, stage=STAGE)
    actions.save_stage(lease, stage=STAGE, output=None, save=actions.save_transcription)
    assert RunStage.objects.get(run=lease.run_id).state == StageState.SKIPPED


def test_a_finished_stage_ends_the_row_of_deaths(lease: actions.Lease) -> None:
    SessionRun.objects.filter(pk=lease.run_id).update(deaths=2)
    actions.begin_stage(lease, stage=STAGE)
    save(lease)
    assert SessionRun.objects.get(pk=lease.run_id).deaths == 0


def test_an_orphan_writes_nothing(lease: actions.Lease) -> None:
    actions.begin_stage(lease, stage=STAGE)
    SessionRun.objects.filter(pk=lease.run_id).update(lease_token=uuid.uuid4())
    with pytest.raises(actions.LeaseLost):
        save(lease)
    with pytest.raises(actions.LeaseLost):
        actions.begin_stage(lease, stage=StageName.RULES)
    assert not Transcript.objects.exists()
    assert RunStage.objects.get(run=lease.run_id).state == StageState.RUNNING


def test_output_and_checkpoint_are_stored_together_or_not_at_all(lease: actions.Lease) -> None:
    actions.begin_stage(lease, stage=STAGE)

    def save_and_break(run: SessionRun, row: RunStage, output: object) -> None:
        actions.save_transcription(run, row, TRANSCRIPTION)
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        actions.save_stage(lease, stage=STAGE, output=TRANSCRIPTION, save=save_and_break)
    assert not Transcript.objects.exists()
    assert RunStage.objects.get(run=lease.run_id).state == StageState.RUNNING
