"""A report as JSON."""

from __future__ import annotations

import json
from typing import Any

from sessions_app.display.coaching import with_filled_coaching
from sessions_app.display.earlier import earlier_of, told_beside
from sessions_app.models import PracticeSession, SessionRun
from sessions_app.report import Report, as_json


def report_json(session: PracticeSession, run: SessionRun, report: Report) -> str:
    document = report_document(session, run, report)
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


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
