"""A recorded talk stored as a worker stores one, in a transaction that is taken back.

So the queries of a run are put together for the first time, and the schemas of its outputs made,
while nobody waits.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction

from accounts_app.models import User
from ai.calls import Label
from ai.errors import Outcome
from ai.ledger import Subject
from ai.receipt import Receipt
from ai.usage import Usage
from sessions_app import actions, queries
from sessions_app.books import TalkBooks
from sessions_app.limits import talk_limits
from sessions_app.models import SessionRun
from sessions_app.pipeline import STAGES, Stage
from sessions_app.speech.tracks import Region, Track
from sessions_app.speech.words import Word
from sessions_app.stages.context import RunContext, StageOutput, Talk
from sessions_app.stages.outputs import (
    MediaOutput,
    StageName,
    TextSource,
    Timing,
    TranscriptionOutput,
)

WORD_MS: Final = 400
HOP_MS: Final = 10
_FREE: Final = Decimal(0)


def write_and_take_back(talk: Talk) -> None:
    """The connection is closed afterwards. Raises `DatabaseError`."""
    outputs = list(_outputs(talk))
    try:
        with transaction.atomic():  # short: where there is one writer at a time, others wait
            run = _new_run(talk)
            _write(run, outputs)
            _write_books(run)
            transaction.set_rollback(True)
    finally:
        connection.close()


def _outputs(talk: Talk) -> Iterator[tuple[Stage, Any]]:
    """As if a server had heard the words of `talk` in a recording; the rest is by rules."""
    words = tuple(
        Word(text, at * WORD_MS, (at + 1) * WORD_MS)
        for at, text in enumerate(talk.transcript_text.split())
    )
    heard = TranscriptionOutput(words, TextSource.API, Timing.RECOGNISED, talk.language, "")
    given: dict[StageName, StageOutput] = {
        StageName.MEDIA: _recording(len(words) * WORD_MS),
        StageName.TRANSCRIPTION: heard,
    }
    context = RunContext(talk=talk, limits=talk_limits(), workdir=Path())
    for stage in STAGES:
        output = given.get(stage.name) or stage.run(context, _go_on)
        yield stage, output
        context = context.with_output(stage.name, output)


def _go_on() -> None:
    """Nothing stops a rehearsal."""


def _recording(duration_ms: int) -> MediaOutput:
    flat = tuple(100.0 for _ in range(duration_ms // HOP_MS))
    return MediaOutput(
        duration_ms=duration_ms,
        claimed_duration_ms=duration_ms,
        container="",
        codec="",
        sample_rate=16_000,
        channels=1,
        audio_name="",
        loudness_dbfs=Track(HOP_MS, flat),
        pitch_hz=Track(HOP_MS, flat),
        speech_regions=(Region(0, duration_ms),),
        cut_points_ms=(),
        pieces=(),
    )


def _new_run(talk: Talk) -> SessionRun:
    owner = User.objects.create(email=f"{uuid.uuid4().hex}@rehearsal.invalid")
    session = actions.create_session(
        owner=owner,
        title=talk.title,
        language=talk.language,
        kind=talk.kind,
        transcript_text=talk.transcript_text,
        transcript_format=talk.transcript_format,
    )
    return SessionRun.objects.select_related("session", "transcript").get(session=session)


def _write(run: SessionRun, outputs: list[tuple[Stage, Any]]) -> None:
    lease = actions.claim_run(run_id=run.pk)
    if lease is None:
        raise ValueError("a new run is not free to be claimed")
    actions.renew_lease(lease)
    run.snapshot = actions.keep_snapshot(lease)
    queries.finished_stages(run)
    queries.run_context(run, Path())
    for stage, output in outputs:
        actions.begin_stage(lease, stage=stage.name)
        actions.save_stage(lease, stage=stage.name, output=output, save=stage.save)
    queries.corrections_for(run.pk)
    actions.complete_run(lease)


def _write_books(run: SessionRun) -> None:
    owner_id = run.session.owner_id
    subject = Subject(owner_id, "rehearsal", run.pk, run.session_id)
    record = Receipt(subject, Label("rehearsal", "")).closed(Outcome.OK, "", Usage(), _FREE)
    books = TalkBooks()
    books.find(owner_id, "")
    books.reserve(owner_id, _FREE, owner_cap=_FREE, cap=None)
    books.keep("", "", 1, record)
    books.record(replace(record, record_id=uuid.uuid4()))
    books.settle(owner_id, reserved=_FREE, spent=_FREE)
