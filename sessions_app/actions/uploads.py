"""Recordings on their way in: begun, continued, used for a talk, dropped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import partial
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from accounts_app.models import User
from sessions_app import partials
from sessions_app.incoming import pending_of
from sessions_app.models import PracticeSession, Upload
from sessions_app.partials import ArrivedFile, UploadGone

MOST_PENDING: Final = 10
"""Of one person. Nobody sees them in a list, so the one untouched longest gives way to a new one;
a browser that still wants it begins it again."""
ABANDONED: Final = timedelta(hours=1)
"""After so long untouched an upload gives way where space is short."""
UNNAMED: Final = "recording"


class NoRoom(Exception):
    """The file does not fit into what is left of its owner's space; `free` is in bytes."""

    def __init__(self, free: int) -> None:
        super().__init__(f"{free} bytes are free")
        self.free = free


@transaction.atomic
def begin_upload(*, owner: User, length: int, filename: str, filetype: str, room: int) -> Upload:
    """Expect a file of `length` bytes.

    `room` are the bytes that the owner's recordings leave free; uploads that are pending take of
    them too. Raises `NoRoom`, and `StageProblem` when the disk takes no more.
    """
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    giving_way = _giving_way(list(pending_of(owner)), length, room)
    drop_uploads(uploads=Upload.objects.filter(pk__in=giving_way))
    upload = Upload.objects.create(owner=owner, length=length, filename=filename, filetype=filetype)
    partials.create(upload.pk)
    return upload


def _giving_way(pending: Sequence[Upload], length: int, room: int) -> list[UUID]:
    """Those of `pending`, oldest first, that have to go for a new one. Raises `NoRoom`."""
    abandoned_before = timezone.now() - ABANDONED
    dropped = 0
    free = room - sum(upload.length for upload in pending)
    for upload in pending:
        crowded = len(pending) - dropped >= MOST_PENDING
        cramped = length > free and upload.touched_at < abandoned_before
        if not crowded and not cramped:
            break
        dropped += 1
        free += upload.length
    if length > free:
        raise NoRoom(max(0, free))
    return [upload.pk for upload in pending[:dropped]]


def receive(*, upload: Upload, at: int, blocks: Iterable[bytes]) -> int:
    """Append what arrives to what has arrived up to the offset `at`; returns the offset then.

    Raises `OffsetMoved`, `UploadGone`, and `StageProblem` when the disk takes no more. What was
    written before counts in any case.
    """
    pending = Upload.objects.filter(pk=upload.pk, session=None)
    if not pending.update(touched_at=Now()):
        raise UploadGone(str(upload.pk))
    return partials.append(upload.pk, at, blocks)


def keep_recording(*, upload: Upload, session: PracticeSession) -> None:
    """Give a talk that is not saved yet what has arrived as its recording. Raises `UploadGone`.

    The upload keeps its bytes until `use_upload` is committed.
    """
    with ArrivedFile(upload.pk) as file:
        session.media_filename = upload.filename or UNNAMED
        session.media_bytes = file.size
        session.media.save("recording", file, save=False)


def use_upload(*, upload: Upload, session: PracticeSession) -> None:
    """Say that this talk was made of it. Raises `UploadGone` when another was, or none can be."""
    pending = Upload.objects.filter(pk=upload.pk, session=None)
    if not pending.update(session=session, touched_at=Now()):
        raise UploadGone(str(upload.pk))
    transaction.on_commit(partial(partials.remove, upload.pk))


def delete_upload(*, upload: Upload) -> None:
    """Drop an upload, unless a talk was made of it."""
    drop_uploads(uploads=Upload.objects.filter(pk=upload.pk, session=None))


def delete_uploads(*, owner: User) -> None:
    """Remove all that a person has sent and not used, and the record of what was used."""
    drop_uploads(uploads=Upload.objects.filter(owner=owner))


@transaction.atomic
def drop_uploads(*, uploads: QuerySet[Upload]) -> list[UUID]:
    """Remove rows, and their files once that is certain; returns their keys."""
    keys = list(uploads.values_list("pk", flat=True))
    Upload.objects.filter(pk__in=keys).delete()
    for key in keys:
        transaction.on_commit(partial(partials.remove, key))
    return keys
