"""Creating and deleting practice sessions."""

from __future__ import annotations

import uuid
from contextlib import ExitStack, suppress
from functools import partial
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, InterfaceError, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from accounts_app.models import User
from metrics_app.record import forget_about, forget_runs
from sessions_app import doorbell, files
from sessions_app.actions.endings import record_end
from sessions_app.actions.leases import NOT_WAITING
from sessions_app.actions.runs import RunInProgress, start_run
from sessions_app.actions.uploads import keep_recording, use_upload
from sessions_app.models import (
    LIVE_STATES,
    PracticeSession,
    RunStage,
    RunState,
    SessionRun,
    Upload,
)
from sessions_app.stages.outputs import StageName
from sessions_app.transcripts import parsing


def create_session(
    *,
    owner: User,
    title: str,
    language: str,
    kind: str,
    prompt: str = "",
    target_seconds: int | None = None,
    target_wpm: int | None = None,
    media: UploadedFile[Any] | None = None,
    upload: Upload | None = None,
    transcript_text: str = "",
    transcript_format: str = "",
    speaker: str = "",
    retake_of: PracticeSession | None = None,
) -> PracticeSession:
    """Store a talk and start its first run.

    The recording is `media`, or what has arrived by `upload`, which is then used.
    `retake_of` is any earlier attempt at it; the talk is linked to the first of them.

    With several speakers in the transcript and no `speaker` named the talk waits, without a run,
    for `choose_speaker`. Raises `StageProblem` when the storage takes no more, and `UploadGone`
    when another talk was made of the upload, or it was dropped; then no talk is stored.
    """
    session = PracticeSession(
        id=uuid.uuid4(),
        owner=owner,
        title=title,
        language=language,
        kind=kind,
        prompt=prompt,
        target_seconds=target_seconds,
        target_wpm=target_wpm,
        media_filename=(media.name or "") if media else "",
        media_bytes=(media.size or 0) if media else 0,
        transcript_text=transcript_text,
        transcript_format=transcript_format,
        speaker=speaker,
    )
    starts = bool(speaker) or not parsing.speakers(transcript_text, transcript_format)
    with ExitStack() as undo:
        undo.callback(_remove_files, session)
        with files.storage_problems():  # before the transaction: a large file takes its time
            if media is not None:
                session.media.save(media.name or "", media, save=False)
            elif upload is not None:
                keep_recording(upload=upload, session=session)
            if session.media:
                files.require_whole(str(session.media.name), session.media_bytes)
        _insert(session, starts=starts, retake_of=retake_of, upload=upload)
        undo.pop_all()
    return session


def _remove_files(session: PracticeSession) -> None:
    """Unless a row may name them: a connection can break when its commit is done. What nobody knows
    then, the daily tidying finds.
    """
    with suppress(DatabaseError, InterfaceError):
        if not PracticeSession.objects.filter(pk=session.pk).exists():
            files.delete_folder(files.session_folder(session.pk))


@transaction.atomic
def _insert(
    session: PracticeSession,
    *,
    starts: bool,
    retake_of: PracticeSession | None,
    upload: Upload | None,
) -> None:
    session.retake_of = _first_attempt(retake_of.pk) if retake_of else None
    session.save(force_insert=True)
    if upload is not None:
        use_upload(upload=upload, session=session)
    if starts:
        session.latest_run = start_run(session=session)


def _first_attempt(attempt: uuid.UUID) -> PracticeSession | None:
    """Locked, so that it is there until the new one is linked to it.

    Where it is deleted before the lock is had, another attempt has taken its place by then.
    `None` where this attempt is deleted itself.
    """
    links = PracticeSession.objects.filter(pk=attempt).values_list("retake_of", flat=True)
    if not links:
        return None
    first = PracticeSession.objects.select_for_update(no_key=True).filter(pk=links[0] or attempt)
    return first.first() or _first_attempt(attempt)


@transaction.atomic
def choose_speaker(*, session: PracticeSession, speaker: str) -> SessionRun:
    """Say whose words count, and start. Raises `RunInProgress`."""
    PracticeSession.objects.filter(pk=session.pk).update(speaker=speaker)
    return start_run(session=session)


@transaction.atomic
def delete_session(*, session: PracticeSession) -> None:
    """Remove the rows and what models answered about the talk, and the files and what failed jobs
    left once that is certain.
    """
    transaction.on_commit(partial(doorbell.forget, remove_session(session)))


@transaction.atomic
def remove_session(session: PracticeSession) -> list[uuid.UUID]:
    """All but the jobs of its runs, whose keys are returned.

    Of the retakes of a first attempt the oldest becomes the first. Workers are fenced out first, in
    their own order of locks: the run, then its session.
    """
    fence_out_workers(session.runs.all())
    PracticeSession.objects.select_for_update().filter(pk=session.pk).first()
    fence_out_workers(session.runs.all())  # of a run that was started meanwhile
    folder = files.session_folder(session.pk)
    runs = list(session.runs.values_list("pk", flat=True))
    forget_runs(runs)
    forget_about(session.pk)
    _forget_in_log(session)
    _pass_on(session.retakes.order_by("created_at", "pk"))
    session.delete()
    transaction.on_commit(partial(files.delete_folder, folder))
    return runs


def _forget_in_log(session: PracticeSession) -> None:
    """That it was deleted stays in the log of the admin; what it was called does not."""
    kind = ContentType.objects.get_for_model(PracticeSession)
    about = LogEntry.objects.filter(content_type=kind, object_id=str(session.pk))
    about.update(object_repr=str(session.pk))


def _pass_on(retakes: QuerySet[PracticeSession]) -> None:
    heir = retakes.first()
    if heir is not None:
        retakes.exclude(pk=heir.pk).update(retake_of=heir)
        PracticeSession.objects.filter(pk=heir.pk).update(retake_of=None)


def fence_out_workers(runs: QuerySet[SessionRun]) -> None:
    """They write nothing more. Within a transaction."""
    live = runs.filter(state__in=LIVE_STATES).select_for_update(of=("self",))
    fenced_out = list(live.order_by("pk").values_list("pk", flat=True))
    SessionRun.objects.filter(pk__in=fenced_out).update(
        state=RunState.CANCELLED,
        lease_token=None,
        lease_expires_at=None,
        finished_at=Now(),
        **NOT_WAITING,
    )
    for run in SessionRun.objects.filter(pk__in=fenced_out):
        record_end(run)


@transaction.atomic
def delete_media(*, session: PracticeSession) -> None:
    """Remove the recording and keep the report, where the talk is still there. Raises
    `RunInProgress`.
    """
    locked = PracticeSession.objects.select_for_update(no_key=True).filter(pk=session.pk).first()
    if locked is None:
        return
    if locked.latest_run is not None and locked.latest_run.is_live:
        raise RunInProgress(str(session.pk))
    PracticeSession.objects.filter(pk=session.pk).update(media="", media_bytes=0)
    for row in RunStage.objects.filter(
        run__session=session, stage=StageName.MEDIA, output__isnull=False
    ):
        row.output = {**(row.output or {}), "audio_name": ""}
        row.save(update_fields=["output"])
    transaction.on_commit(partial(files.delete_folder, files.session_folder(session.pk)))
