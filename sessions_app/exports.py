"""A report as a file."""

from __future__ import annotations

import re
from typing import Any

from sessions_app.display.coaching import with_filled_coaching
from sessions_app.display.earlier import earlier_of, told_beside
from sessions_app.models import PracticeSession, SessionRun
from sessions_app.report import Report, as_json

_NOT_IN_NAMES = re.compile(r"[^\w-]+")
_NAME_LENGTH = 60


def report_document(session: PracticeSession, run: SessionRun, report: Report) -> dict[str, Any]:
    """The report under its own field names, coaching as read on the page, and the talk's facts."""
    told = told_beside(earlier_of(session, report), session, run, report)
    return {
        **as_json(with_filled_coaching(told)),
        "session": {
            "id": str(session.pk),
            "created_at": session.created_at.isoformat(),
            "prompt": session.prompt,
            "target_seconds": session.target_seconds,
            "target_wpm": session.target_wpm,
            "recording": session.media_filename,
            "speaker": session.speaker,
            "retake_of": str(session.retake_of_id) if session.retake_of_id else None,
        },
        "run": {"id": str(run.pk), "number": run.number, "state": run.state},
    }


def export_filename(title: str, suffix: str) -> str:
    """A file name every system takes: words of the title, joined by hyphens."""
    stem = _NOT_IN_NAMES.sub("-", title).strip("-")[:_NAME_LENGTH].strip("-")
    return f"{stem or 'report'}.{suffix}"
