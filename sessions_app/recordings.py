"""The stored recording of a talk, for players."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import BinaryIO, cast

from django.core.files.storage import default_storage

from sessions_app.models import PracticeSession
from sessions_app.sniffing import content_type

logger = logging.getLogger(__name__)


def open_recording(session: PracticeSession) -> BinaryIO | None:
    """The open file, or `None` where there is none (any more). Raises `OSError` when the storage
    does not answer.
    """
    if not session.media.name:
        return None
    try:
        return cast(BinaryIO, default_storage.open(session.media.name))
    except FileNotFoundError:
        return None


def recording_type(session: PracticeSession) -> str:
    """Its MIME type, from its own bytes. Raises `OSError`."""
    return _type_of(str(session.media.name))


@lru_cache(maxsize=10_000)
def _type_of(name: str) -> str:
    """Read once: no other bytes ever get the same name."""
    with default_storage.open(name) as file:
        return content_type(cast(BinaryIO, file))


def player_kind(session: PracticeSession) -> str:
    """ "audio", "video", or "" where there is nothing that a browser could play. Whether the
    recording is still there is looked at once by each process.
    """
    if not session.media.name:
        return ""
    try:
        kind = recording_type(session).partition("/")[0]
    except FileNotFoundError:
        return ""
    except OSError as error:
        logger.warning("session %s: no player, %s", session.pk, error.strerror)
        return ""
    return kind if kind in ("audio", "video") else ""
