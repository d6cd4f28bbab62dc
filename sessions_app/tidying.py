"""Files that no row knows: what a killed process or a failed deletion left behind."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path, PurePosixPath
from uuid import UUID

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from sessions_app import actions, files, partials
from sessions_app.models import PracticeSession, RunStage, Upload
from sessions_app.stages.outputs import StageName

logger = logging.getLogger(__name__)

YOUNGEST = timedelta(days=1)
"""A younger file may be on its way into a row."""


def tidy_files() -> list[str]:
    """Remove stray files of the sessions' folders; returns their names."""
    removed = [name for name in _stored() if _is_old(name) and name not in _known(name)]
    for name in removed:
        files.delete(name)
        logger.info("%s removed: nothing refers to it", name)
    return removed


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
    """Remove files of uploads that nothing can come to any more, and uploads whose file is lost;
    returns their keys.
    """
    pending = Upload.objects.filter(session=None)
    waiting = set(pending.values_list("pk", flat=True))
    strays = [
        key for key in partials.stored_before(timezone.now() - YOUNGEST) if key not in waiting
    ]
    for key in strays:
        partials.remove(key)
    lost = [key for key in waiting if partials.offset(key) is None]
    actions.drop_uploads(uploads=pending.filter(pk__in=lost))
    for key in (*strays, *lost):
        logger.info("upload %s removed: it had a row or a file, not both", key)
    return [*strays, *lost]


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
