"""What a run is doing, in words."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from sessions_app.display.stage_lines import StageLine, is_abandoned, stage_lines
from sessions_app.display.waiting import waiting_text
from sessions_app.messages import QUARANTINED, problem_text
from sessions_app.models import RunStage, RunState, SessionRun
from sessions_app.stages.problems import Problem

# With these the same file may do better another time: the disk is full, the server is busy.
_OF_THE_SERVER = {Problem.STORAGE, Problem.RUN_DEADLINE, Problem.TRANSCRIPTION_UNAVAILABLE}
_OF_THE_INPUT = set(Problem) - _OF_THE_SERVER
SOON = timedelta(seconds=20)
"""After a run began: when its first findings come, and the report of a talk of some minutes."""


@dataclass(frozen=True, slots=True)
class RunStatus:
    """`version` changes whenever anything here does that can be read.

    `working`: a worker holds the run. `needs_other_input`: trying again with the same file would
    end the same way, and is not offered. `polls_every` is in seconds.
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


def run_status(
    run: SessionRun, rows: list[RunStage], usual_ms: Mapping[str, int] | None = None
) -> RunStatus:
    """`usual_ms` is how long each stage usually takes, where that is known."""
    cancelling = run.is_live and run.cancel_requested
    needs_other_input = run.state == RunState.FAILED and run.problem in _OF_THE_INPUT
    return RunStatus(
        state=run.state,
        live=run.is_live,
        working=run.state == RunState.PROCESSING and not (cancelling or is_abandoned(run)),
        cancelling=cancelling,
        headline=_headline(run, cancelling),
        detail=_detail(run, rows),
        stages=stage_lines(run, rows, usual_ms),
        can_retry=run.state in (RunState.FAILED, RunState.CANCELLED) and not needs_other_input,
        needs_other_input=needs_other_input,
        polls_every=_polls_every(run),
        version=_version(run, rows),
    )


def _headline(run: SessionRun, cancelling: bool) -> str:
    if cancelling:
        return _("Cancelling …")
    if is_abandoned(run):
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
    parts = [str(run.pk), run.state, run.problem, str(run.cancel_requested), str(is_abandoned(run))]
    parts += [run.waiting_reason, str(run.waiting_since), str(run.next_try_at)]
    parts += [f"{row.stage}:{row.state}:{row.attempt}" for row in rows]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]
