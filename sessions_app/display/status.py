"""What a run is doing, in words: for the live status and for the facts of a finished report."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions_app.display.names import STAGES, name_of
from sessions_app.display.text import seconds
from sessions_app.display.waiting import waiting_text
from sessions_app.messages import QUARANTINED, problem_text
from sessions_app.models import RunStage, RunState, SessionRun, StageState
from sessions_app.report import StageTiming
from sessions_app.stages.outputs import StageName
from sessions_app.stages.problems import Problem

WAITING = "waiting"
STOPPED = "stopped"
_STATES: dict[str, Promise] = {
    WAITING: gettext_lazy("waiting"),
    StageState.PENDING: gettext_lazy("waiting"),
    STOPPED: gettext_lazy("stopped"),
    StageState.RUNNING: gettext_lazy("running"),
    StageState.DONE: gettext_lazy("done"),
    StageState.SKIPPED: gettext_lazy("not needed"),
    StageState.REUSED: gettext_lazy("taken from the last run"),
    StageState.FAILED: gettext_lazy("failed"),
}
# With these the same file may do better another time: the disk is full, the server is busy.
_OF_THE_SERVER = {Problem.STORAGE, Problem.RUN_DEADLINE, Problem.TRANSCRIPTION_UNAVAILABLE}
_OF_THE_INPUT = set(Problem) - _OF_THE_SERVER
Checkpoint = RunStage | StageTiming
_AFTER = (StageName.EMBEDDINGS,)
SOON = timedelta(seconds=20)
"""After a run began: when its first findings come, and the report of a talk of some minutes."""


@dataclass(frozen=True, slots=True)
class StageLine:
    name: str
    state: str
    state_name: str
    duration: str
    attempt: int


@dataclass(frozen=True, slots=True)
class RunStatus:
    """`version` changes whenever anything here does that can be read.

    `working`: a worker holds the run. `needs_other_input`: trying again with the same file would
    end the same way. `polls_every` is in seconds.
    """

    state: str
    live: bool
    working: bool
    cancelling: bool
    headline: str
    detail: str
    stages: tuple[StageLine, ...]
    can_retry: bool
    needs_other_input: bool
    polls_every: int
    version: str

    @property
    def etag(self) -> str:
        """Of the live status: its text, and how often to ask."""
        return f"{self.version}-{self.polls_every}"


def run_status(run: SessionRun, rows: list[RunStage]) -> RunStatus:
    cancelling = run.is_live and run.cancel_requested
    return RunStatus(
        state=run.state,
        live=run.is_live,
        working=run.state == RunState.PROCESSING and not (cancelling or _abandoned(run)),
        cancelling=cancelling,
        headline=_headline(run, cancelling),
        detail=_detail(run, rows),
        stages=stage_lines(run, rows),
        can_retry=run.state in (RunState.FAILED, RunState.CANCELLED),
        needs_other_input=run.state == RunState.FAILED and run.problem in _OF_THE_INPUT,
        polls_every=_polls_every(run),
        version=_version(run, rows),
    )


def stage_lines(run: SessionRun, rows: Sequence[Checkpoint]) -> tuple[StageLine, ...]:
    """Every stage in order; one without a row waits, or was never reached.

    Embeddings are made after the run by a job of their own, so they are no stage of it before.
    """
    by_name = {row.stage: row for row in rows}
    ours = tuple(_line(run, name, by_name.get(name)) for name in StageName if name not in _AFTER)
    return ours + tuple(_line_after(by_name[name]) for name in _AFTER if name in by_name)


def _line(run: SessionRun, stage: StageName, row: Checkpoint | None) -> StageLine:
    state = row.state if row else WAITING
    if not run.is_live and state in (WAITING, StageState.PENDING, StageState.RUNNING):
        state = STOPPED
    if run.state == RunState.CANCELLED and state == StageState.FAILED:
        state = STOPPED
    return _stage_line(stage, state, row)


def _line_after(row: Checkpoint) -> StageLine:
    return _stage_line(row.stage, WAITING if row.state == StageState.PENDING else row.state, row)


def _stage_line(stage: str, state: str, row: Checkpoint | None) -> StageLine:
    timed = row is not None and row.duration_ms is not None and state == StageState.DONE
    return StageLine(
        name=name_of(STAGES, stage),
        state=state,
        state_name=name_of(_STATES, state),
        duration=seconds(row.duration_ms) if row and timed else "",
        attempt=row.attempt if row else 1,
    )


def _headline(run: SessionRun, cancelling: bool) -> str:
    if cancelling:
        return _("Cancelling …")
    if _abandoned(run):
        return _("Interrupted: waiting for another worker")
    return {
        RunState.QUEUED: _("Waiting for its turn"),
        RunState.PROCESSING: _("Working on your report"),
        RunState.WAITING_FOR_MODEL: _("Waiting for the AI server"),
        RunState.COMPLETED: _("Your report is ready"),
        RunState.FAILED: _("We could not finish this report"),
        RunState.CANCELLED: _("Cancelled"),
        RunState.QUARANTINED: _("Stopped for inspection"),
    }[RunState(run.state)]


def _abandoned(run: SessionRun) -> bool:
    """Nobody holds a run that says it is being processed: its worker died or was restarted."""
    expiry = run.lease_expires_at
    return run.state == RunState.PROCESSING and (expiry is None or expiry < timezone.now())


def _polls_every(run: SessionRun) -> int:
    """Every second while something is about to come, then every two."""
    since = run.started_at or run.queued_at
    return 1 if since is not None and timezone.now() - since < SOON else 2


def _detail(run: SessionRun, rows: list[RunStage]) -> str:
    if run.state == RunState.FAILED:
        return problem_text(run.problem)
    if run.state == RunState.QUARANTINED:
        return problem_text(QUARANTINED)
    if run.state == RunState.CANCELLED:
        return _("Nothing of your talk is lost. Try again to pick up where it stopped.")
    if run.state == RunState.WAITING_FOR_MODEL and not run.cancel_requested:
        return waiting_text(run, rows)
    if run.is_live:
        return _("You can close this page: the work goes on without it.")
    return ""


def _version(run: SessionRun, rows: list[RunStage]) -> str:
    parts = [str(run.pk), run.state, run.problem, str(run.cancel_requested), str(_abandoned(run))]
    parts += [run.waiting_reason, str(run.waiting_since), str(run.next_try_at)]
    parts += [f"{row.stage}:{row.state}:{row.attempt}" for row in rows]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]
