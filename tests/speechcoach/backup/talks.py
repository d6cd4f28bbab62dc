"""Talks with files, made and changed as the product does it."""

from __future__ import annotations

from functools import partial
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from sessions_app import actions, files
from sessions_app.models import PracticeSession
from tests.factories import UserFactory


def talk_with_recording(content: bytes) -> PracticeSession:
    return actions.create_session(
        owner=UserFactory.create(email=f"{uuid4()}@example.com"),
        title="A talk",
        language="en",
        kind="free",
        media=SimpleUploadedFile("talk.webm", content),
        transcript_text="So, um, this is it.",
        transcript_format="txt",
    )


def recording_of(talk: PracticeSession) -> str:
    assert talk.media.name
    return talk.media.name


@transaction.atomic
def replace_recording(talk: PracticeSession) -> None:
    """By a copy that players find their way in: `actions.outputs` does the same."""
    old = recording_of(talk)
    folder = files.session_folder(talk.pk)
    new = default_storage.save(f"{folder}/recording-{uuid4().hex}", ContentFile(b"a copy"))
    PracticeSession.objects.filter(pk=talk.pk).update(media=new)
    transaction.on_commit(partial(files.delete, old))
