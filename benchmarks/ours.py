"""One talk through the product: uploaded to the database, queued in Redis, done by its worker.

The clock is that of the rows: from when the run was queued to when it was complete. What the
browser does before and after is not in it, nor is the embedding job, which nobody waits for.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts_app.models import User
from benchmarks.flow import EMBEDDINGS, TRANSCRIPTION, Call, Flow, Span
from benchmarks.talk import Talk
from benchmarks.waiting import until_over
from sessions_app.actions import create_session
from sessions_app.models import PracticeSession, RunState, SessionRun
from tests.openai_sim.prices import Usage, cost
from tests.simulator import Asked, Simulator

LONGEST = 120.0  # seconds for a run that has to queue for nothing
PARALLEL = "parallel"
REFUSED = "over_budget"
DECLINED = 400


class WrongFlow(RuntimeError):
    """The run did not go the way that was to be measured."""


def analysed(
    talk: Talk, simulator: Simulator, *, seconds: float = LONGEST, embedded: bool = True
) -> SessionRun:
    """By a new owner and with the server's prompt cache empty.

    Raises `WrongFlow`, and `WaitedInVain` after `seconds`.
    """
    simulator.reset()
    run = upload(talk)
    until_over(run, seconds, simulator, embedded=embedded)
    run.refresh_from_db()
    if run.state != RunState.COMPLETED:
        raise WrongFlow(f"{talk.name}: {run.state}: {run.problem} {run.problem_detail}")
    return run


def measure(
    name: str,
    talk: Talk,
    simulator: Simulator,
    *,
    mode: str = PARALLEL,
    regenerates: bool | None = False,
    embedded: bool = True,
) -> Flow:
    """`regenerates`: `None` where both will do. Raises `WrongFlow` and `WaitedInVain`."""
    run = analysed(talk, simulator, embedded=embedded)
    again = run.coaching_regenerated
    if run.mode != mode or (regenerates is not None and again != regenerates):
        raise WrongFlow(
            f"{name}: mode {run.mode}, regenerated {again}, "
            f"fillers {run.fillers_by_rule} and {run.fillers_by_ai}, steps {run.steps_down}"
        )
    return flow_of(name, run, simulator.log())


def flow_of(name: str, run: SessionRun, asked: Iterable[Asked]) -> Flow:
    """Without the calls that the server turned away at once. Raises `WrongFlow` for others."""
    spans = {span.name: span for span in _spans(run)}
    assert run.finished_at is not None
    began = run.queued_at.timestamp()
    return Flow(
        name=name,
        began=began,
        wall=run.finished_at.timestamp() - began,
        provisional=spans["rules"].end - began,
        calls=tuple(_call(each) for each in asked if each.fault != REFUSED),
        spans=tuple(spans.values()),
        regenerated=bool(run.coaching_regenerated),
    )


def upload(talk: Talk) -> SessionRun:
    owner = User.objects.create_user(f"{uuid.uuid4().hex}@example.com")
    media = SimpleUploadedFile(talk.audio.name, talk.audio.read_bytes(), "audio/webm")
    session: PracticeSession = create_session(
        owner=owner, title=talk.name, language="en", kind="presentation", media=media
    )
    assert session.latest_run is not None
    return session.latest_run


def _spans(run: SessionRun) -> Iterator[Span]:
    assert run.started_at is not None
    yield Span("queue", run.queued_at.timestamp(), run.started_at.timestamp())
    for row in run.stages.exclude(stage=EMBEDDINGS):
        if row.finished_at is not None:
            yield Span(row.stage, row.started_at.timestamp(), row.finished_at.timestamp())


def _call(asked: Asked) -> Call:
    """One that ours left before the answer was there is paid for as if it had been. One that the
    server declined, because it knows no times of words, has cost nothing but time.
    """
    declined = asked.status == DECLINED and asked.fault is None
    if asked.end is None or not (asked.complete or asked.disconnected or declined):
        raise WrongFlow(f"{asked.purpose}: {asked.status} {asked.fault or 'unanswered'}")
    usage = Usage(asked.tokens_in, asked.tokens_cached, asked.tokens_out, asked.audio_seconds)
    return Call(
        asked.purpose or TRANSCRIPTION,
        asked.model,
        asked.start,
        asked.end,
        asked.tokens_in,
        asked.tokens_cached,
        asked.tokens_out,
        asked.audio_seconds,
        Decimal(0) if declined else cost(asked.model, usage),
    )
