"""One talk through the product: uploaded to the database, queued in Redis, done by its worker.

The clock is that of the rows: from when the run was queued to when it was complete. What the
browser does before and after is not in it, nor is the embedding job, which nobody waits for.
"""

from __future__ import annotations

import time
import uuid

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts_app.models import User
from benchmarks.flow import EMBEDDINGS, Call, Flow
from benchmarks.talk import Talk
from sessions_app.actions import create_session
from sessions_app.models import PracticeSession, RunState, SessionRun
from tests.simulator import Asked, Simulator

LONGEST = 600.0  # seconds
LOOK = 0.2  # seconds; to look more often would take time from what is measured
EMBEDDED = ("done", "skipped")


class WrongFlow(RuntimeError):
    """The run did not go the way that was to be measured."""


def warm_up(talk: Talk) -> None:
    _finished(_upload(talk))


def measure(name: str, talk: Talk, simulator: Simulator, *, regenerates: bool) -> Flow:
    """By a new owner and with the server's prompt cache empty. Raises `WrongFlow`."""
    simulator.reset()
    run = _finished(_upload(talk))
    if (run.mode, run.coaching_regenerated) != ("parallel", regenerates):
        raise WrongFlow(
            f"{name}: mode {run.mode}, regenerated {run.coaching_regenerated}, "
            f"fillers {run.fillers_by_rule} and {run.fillers_by_ai}, steps {run.steps_down}"
        )
    return _flow(name, run, simulator.log())


def _upload(talk: Talk) -> SessionRun:
    owner = User.objects.create_user(f"{uuid.uuid4().hex}@example.com")
    media = SimpleUploadedFile(talk.audio.name, talk.audio.read_bytes(), "audio/webm")
    session: PracticeSession = create_session(
        owner=owner, title=talk.name, language="en", kind="presentation", media=media
    )
    assert session.latest_run is not None
    return session.latest_run


def _finished(run: SessionRun) -> SessionRun:
    end = time.monotonic() + LONGEST
    while not _is_over(run) and time.monotonic() < end:
        time.sleep(LOOK)
    run.refresh_from_db()
    if run.state != RunState.COMPLETED:
        raise WrongFlow(f"{run.state}: {run.problem} {run.problem_detail}")
    return run


def _is_over(run: SessionRun) -> bool:
    """With its embeddings, so that all of its calls are known."""
    run.refresh_from_db(fields=["state"])
    embedded = run.stages.filter(stage=EMBEDDINGS, state__in=EMBEDDED).exists()
    return not run.is_live and (embedded or run.state != RunState.COMPLETED)


def _flow(name: str, run: SessionRun, asked: list[Asked]) -> Flow:
    rows = {row.stage: row for row in run.stages.all()}
    provisional, finished = rows["rules"].finished_at, run.finished_at
    assert provisional is not None
    assert finished is not None
    assert run.started_at is not None
    stages = {
        stage: (row.finished_at - row.started_at).total_seconds()
        for stage, row in rows.items()
        if row.finished_at is not None and stage != EMBEDDINGS
    }
    return Flow(
        name=name,
        began=run.queued_at.timestamp(),
        wall=(finished - run.queued_at).total_seconds(),
        provisional=(provisional - run.queued_at).total_seconds(),
        calls=tuple(_call(each) for each in asked),
        stages={"queue": (run.started_at - run.queued_at).total_seconds(), **stages},
    )


def _call(asked: Asked) -> Call:
    if not asked.complete or asked.end is None:
        raise WrongFlow(f"{asked.purpose}: {asked.status} {asked.fault or 'left'}")
    return Call(
        asked.purpose,
        asked.model,
        asked.start,
        asked.end,
        asked.tokens_in,
        asked.tokens_cached,
        asked.tokens_out,
        asked.audio_seconds,
        asked.cost,
    )
