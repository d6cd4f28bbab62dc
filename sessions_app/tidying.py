"""Files that no row knows: what a killed worker or a failed deletion left behind."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import PurePosixPath
from uuid import UUID

from django.core.files.storage import default_storage
from django.utils import timezone

from sessions_app import files
from sessions_app.models import PracticeSession, RunStage
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


def _stored() -> list[str]:
    try:
        folders = default_storage.listdir(files.ROOT)[0]
    except FileNotFoundError:
        return []
    return [
        f"{files.ROOT}/{folder}/{name}"
        for folder in folders
        for name in default_storage.listdir(f"{files.ROOT}/{folder}")[1]
    ]


def _is_old(name: str) -> bool:
    return default_storage.get_modified_time(name) < timezone.now() - YOUNGEST


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
