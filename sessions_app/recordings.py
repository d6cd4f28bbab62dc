"""The stored recording of a talk, for players."""

from __future__ import annotations

from typing import BinaryIO, cast

from django.core.files.storage import default_storage

from sessions_app.models import PracticeSession
from sessions_app.sniffing import content_type


def open_recording(session: PracticeSession) -> BinaryIO | None:
    """The open file, or `None` where there is none (any more)."""
    if not session.media.name:
        return None
    try:
        return cast(BinaryIO, default_storage.open(session.media.name))
    except FileNotFoundError:
        return None


def player_kind(session: PracticeSession) -> str:
    """ "audio", "video", or "" where there is nothing a browser could play."""
    file = open_recording(session)
    if file is None:
        return ""
    with file:
        kind = content_type(file).partition("/")[0]
    return kind if kind in ("audio", "video") else ""
