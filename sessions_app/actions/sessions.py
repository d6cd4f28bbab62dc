"""Creating and deleting practice sessions."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts_app.models import User
from sessions_app import files
from sessions_app.actions.runs import start_run
from sessions_app.models import PracticeSession, RunStage, SessionRun
from sessions_app.stages.outputs import StageName
from sessions_app.transcripts import parsing


@transaction.atomic
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
    transcript_text: str = "",
    transcript_format: str = "",
    speaker: str = "",
) -> PracticeSession:
    """Store a talk and start its first run.

    With several speakers in the transcript and no `speaker` named the talk waits, without a run,
    for `choose_speaker`.
    """
    session = PracticeSession(
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
    if media is not None:
        session.media.save(media.name or "", media, save=False)
    session.save(force_insert=True)
    if speaker or not parsing.speakers(transcript_text, transcript_format):
        start_run(session=session)
        session.refresh_from_db()
    return session


@transaction.atomic
def choose_speaker(*, session: PracticeSession, speaker: str) -> SessionRun:
    """Say whose words count, and start. Raises `RunInProgress`."""
    PracticeSession.objects.filter(pk=session.pk).update(speaker=speaker)
    return start_run(session=session)


@transaction.atomic
def delete_session(*, session: PracticeSession) -> None:
    """Remove the rows, and the files once that is certain."""
    folder = files.session_folder(session.pk)
    session.delete()
    transaction.on_commit(partial(files.delete_folder, folder))


@transaction.atomic
def delete_media(*, session: PracticeSession) -> None:
    """Remove the recording and keep the report."""
    PracticeSession.objects.filter(pk=session.pk).update(media="", media_bytes=0)
    for row in RunStage.objects.filter(
        run__session=session, stage=StageName.MEDIA, output__isnull=False
    ):
        row.output = {**(row.output or {}), "audio_name": ""}
        row.save(update_fields=["output"])
    transaction.on_commit(partial(files.delete_folder, files.session_folder(session.pk)))
