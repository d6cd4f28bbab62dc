from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from sessions_app.display.stage_lines import stage_lines
from sessions_app.models import RunStage, RunState, SessionRun, StageState
from sessions_app.report import StageTiming


def run(state: RunState = RunState.PROCESSING, held_for: float = 60) -> SessionRun:
    expiry = timezone.now() + timedelta(seconds=held_for)
    return SessionRun(number=1, state=state, lease_expires_at=expiry)


def row(stage: str, state: StageState, seconds_ago: float = 5, **fields: object) -> RunStage:
    began = timezone.now() - timedelta(seconds=seconds_ago)
    return RunStage(stage=stage, state=state, started_at=began, **fields)


MEDIA = row("media", StageState.DONE, duration_ms=1240)
USUAL = {"media": 2_000, "transcription": 8_200, "scoring": 400}


def test_a_running_stage_says_since_when() -> None:
    line = stage_lines(run(), [MEDIA, row("transcription", StageState.RUNNING, 83)])[1]
    assert line.elapsed_ms == pytest.approx(83_000, abs=2_000)
    assert line.duration == ""


def test_a_stage_that_is_done_says_how_long_it_took_and_not_how_long_it_usually_takes() -> None:
    line = stage_lines(run(), [MEDIA], USUAL)[0]
    assert (line.duration, line.elapsed_ms, line.usual) == ("1.2 s", None, "")


def test_what_is_ahead_says_how_long_it_usually_takes_where_that_is_known() -> None:
    lines = stage_lines(run(), [MEDIA, row("transcription", StageState.RUNNING)], USUAL)
    assert [line.usual for line in lines] == ["", "8 seconds", "", "", "1 second"]


def test_nothing_runs_where_the_worker_is_gone() -> None:
    line = stage_lines(run(held_for=-1), [row("media", StageState.RUNNING)])[0]
    assert (line.state, line.elapsed_ms) == ("waiting", None)


@pytest.mark.parametrize("state", [RunState.FAILED, RunState.CANCELLED, RunState.QUARANTINED])
def test_nothing_is_ahead_of_a_run_that_has_ended(state: RunState) -> None:
    lines = stage_lines(run(state), [row("media", StageState.RUNNING)], USUAL)
    assert [line.state for line in lines] == ["stopped", *["not-begun"] * 4]
    assert {line.state_name for line in lines[1:]} == {"not available"}
    assert {(line.elapsed_ms, line.usual) for line in lines} == {(None, "")}


def test_a_finished_report_has_the_times_it_took() -> None:
    timing = StageTiming("media", "done", 2, 61_000)
    line = stage_lines(run(RunState.COMPLETED), [timing])[0]
    assert (line.duration, line.attempt, line.elapsed_ms) == ("61.0 s", 2, None)
