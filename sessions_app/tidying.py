"""Files that no row knows: what a killed process or a failed deletion left behind.

Stored files are one host's to tidy, whichever leads; uploads on their way in are on the disk of the
host that they come to, and tidied there.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path, PurePosixPath
from uuid import UUID

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from sessions_app import files, partials
from sessions_app.models import PracticeSession, RunStage, Upload
from sessions_app.stages.outputs import StageName

logger = logging.getLogger(__name__)

YOUNGEST = timedelta(days=1)
"""A younger file may be on its way into a row."""


def tidy_files() -> list[str]:
    """Remove stray files of the sessions' folders; returns their names."""
    strays = [name for name in _old_files() if name not in _known(name)]
    removed = [name for name in strays if files.delete(name)]
    for name in removed:
        logger.info("%s removed: nothing refers to it", name)
    return removed


def tidy_bucket() -> list[str]:
    """Have a bucket forget the parts of files whose sender died; returns the files' names."""
    if not hasattr(default_storage, "give_up_sending"):
        return []
    given_up: list[str] = default_storage.give_up_sending(timezone.now() - YOUNGEST, files.ROOT)
    for name in given_up:
        logger.info("%s: its parts removed, it was never sent to its end", name)
    return given_up


def tidy_uploads() -> list[Path]:
    """Remove what web processes that died left of uploads; returns the paths."""
    oldest = (timezone.now() - YOUNGEST).timestamp()
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR)
    removed = [path for path in folder.glob("*.upload*") if partials.last_written(path) < oldest]
    for path in removed:
        path.unlink(missing_ok=True)
        logger.info("%s removed: its upload never ended", path.name)
    return removed


def tidy_partials() -> list[UUID]:
    """Remove files of uploads that nothing can come to any more; returns their keys.

    An upload without a file here may have one on another host. Where it has none at all, it gives
    way as any other that nobody goes on with.
    """
    pending = Upload.objects.filter(session=None)
    waiting = set(pending.values_list("pk", flat=True))
    strays = [
        key for key in partials.stored_before(timezone.now() - YOUNGEST) if key not in waiting
    ]
    for key in strays:
        partials.remove(key)
        logger.info("upload %s removed: no row refers to it", key)
    return strays


def _old_files() -> Iterable[str]:
    """A bucket tells the age of each with its name; a folder is asked."""
    if hasattr(default_storage, "written_before"):
        oldest = timezone.now() - YOUNGEST
        names: Iterable[str] = default_storage.written_before(oldest, files.ROOT)
        return names
    return filter(_is_old, _stored())


def _stored() -> list[str]:
    return [
        f"{files.ROOT}/{folder}/{name}"
        for folder in _listed(files.ROOT)[0]
        for name in _listed(f"{files.ROOT}/{folder}")[1]
    ]


def _listed(folder: str) -> tuple[list[str], list[str]]:
    """Its folders and its files; none where it is not, or no longer, there."""
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []


def _is_old(name: str) -> bool:
    """Not what somebody has deleted since it was listed."""
    try:
        return default_storage.get_modified_time(name) < timezone.now() - YOUNGEST
    except FileNotFoundError:
        return False


def _known(name: str) -> set[str]:
    """The files that the session of this file's folder refers to."""
    try:
        session_id = UUID(PurePosixPath(name).parent.name)
    except ValueError:
        return set()
    media = PracticeSession.objects.filter(pk=session_id).values_list("media", flat=True)
    stages = RunStage.objects.filter(run__session=session_id, stage=StageName.MEDIA)
    outputs = stages.values_list("output__audio_name", flat=True)
    return {known for known in (*media, *outputs) if known}
