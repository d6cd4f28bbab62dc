"""The stages of a run, a line each: while it goes on, and in the facts of a finished report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sessions_app.display.names import STAGES, name_of
from sessions_app.display.rough_times import rough_time
from sessions_app.display.text import seconds
from sessions_app.models import RunStage, RunState, SessionRun, StageState
from sessions_app.report import StageTiming
from sessions_app.stages.outputs import StageName

WAITING = "waiting"
STOPPED = "stopped"
NOT_BEGUN = "not-begun"
_STATES: dict[str, Promise] = {
    WAITING: _("waiting"),
    StageState.PENDING: _("waiting"),
    STOPPED: _("stopped"),
    NOT_BEGUN: _("not available"),
    StageState.RUNNING: _("running"),
    StageState.DONE: _("done"),
    StageState.SKIPPED: _("not needed"),
    StageState.REUSED: _("taken from the last run"),
    StageState.FAILED: _("failed"),
}
_AHEAD = (WAITING, StageState.PENDING, StageState.RUNNING)
_AFTER = (StageName.EMBEDDINGS,)
Checkpoint = RunStage | StageTiming


@dataclass(frozen=True, slots=True)
class StageLine:
    """`duration` is empty before the stage is done; `elapsed_ms` is `None` but while it runs;
    `usual` is empty where it is not known, and once it does not matter any more.
    """

    name: str
    state: str
    state_name: str
    duration: str
    elapsed_ms: int | None
    usual: str
    attempt: int


def stage_lines(
    run: SessionRun, rows: Sequence[Checkpoint], usual_ms: Mapping[str, int] | None = None
) -> tuple[StageLine, ...]:
    """Every stage in order; one without a row waits, or was never reached. `usual_ms` is how long
    each usually takes, where that is known.

    Embeddings are made after the run by a job of their own, so they are no stage of it before.
    """
    by_name, usual = {row.stage: row for row in rows}, usual_ms or {}
    ours = tuple(
        _stage_line(name, _state(run, by_name.get(name)), by_name.get(name), usual.get(name))
        for name in StageName
        if name not in _AFTER
    )
    return ours + tuple(_line_after(by_name[name]) for name in _AFTER if name in by_name)


def is_abandoned(run: SessionRun) -> bool:
    """Nobody holds a run that says it is being processed: its worker died or was restarted."""
    expiry = run.lease_expires_at
    return run.state == RunState.PROCESSING and (expiry is None or expiry < timezone.now())


def _state(run: SessionRun, row: Checkpoint | None) -> str:
    state = row.state if row else WAITING
    if not run.is_live and state in _AHEAD:
        return STOPPED if row else NOT_BEGUN
    if is_abandoned(run) and state == StageState.RUNNING:
        return WAITING
    if run.state == RunState.CANCELLED and state == StageState.FAILED:
        return STOPPED
    return state


def _line_after(row: Checkpoint) -> StageLine:
    return _stage_line(row.stage, WAITING if row.state == StageState.PENDING else row.state, row)


def _stage_line(
    stage: str, state: str, row: Checkpoint | None, usual_ms: int | None = None
) -> StageLine:
    timed = row is not None and row.duration_ms is not None and state == StageState.DONE
    return StageLine(
        name=name_of(STAGES, stage),
        state=state,
        state_name=name_of(_STATES, state),
        duration=seconds(row.duration_ms) if row and timed else "",
        elapsed_ms=_elapsed_ms(row) if state == StageState.RUNNING else None,
        usual=rough_time(usual_ms) if usual_ms is not None and state in _AHEAD else "",
        attempt=row.attempt if row else 1,
    )


def _elapsed_ms(row: Checkpoint | None) -> int | None:
    """Since this attempt at the stage began."""
    if not isinstance(row, RunStage) or row.started_at is None:
        return None
    return max(0, round((timezone.now() - row.started_at).total_seconds() * 1000))
