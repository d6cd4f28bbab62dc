"""What a run that waits for the AI says: why, since when, when it tries again, and until when."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ai.errors import Outcome
from sessions_app.models import FINISHED_STAGES, RunStage, SessionRun
from sessions_app.reasons import reason
from sessions_app.stages.outputs import StageName

SECONDS_A_MINUTE = 60


def waiting_text(run: SessionRun, rows: list[RunStage]) -> str:
    sentences = [_why(run.waiting_reason)]
    if run.next_try_at is not None:
        sentences.append(_("Next try at %(time)s.") % {"time": _clock(run.next_try_at)})
    sentences.append(_otherwise(rows) % _patience(run.waiting_since))
    sentences.append(_("You can close this page."))
    return " ".join(sentences)


def _why(code: str) -> str:
    """Of what is still going on; the reason tells the end of it."""
    if code == Outcome.UNAVAILABLE:
        return _("The AI server is away.")
    return reason(code).happened


def _otherwise(rows: list[RunStage]) -> str:
    finished = {row.stage for row in rows if row.state in FINISHED_STAGES}
    if StageName.TRANSCRIPTION in finished:
        return _(
            "We have been waiting since %(since)s. After %(patience)s, at %(until)s, the "
            "report will be finished without AI."
        )
    return _(
        "We have been waiting since %(since)s. After %(patience)s, at %(until)s, a rough "
        "draft will be made instead (English only)."
    )


def _patience(since: datetime | None) -> dict[str, str]:
    begun = since or timezone.now()
    return {
        "since": _clock(begun),
        "patience": _length(settings.MODEL_WAIT_SECONDS),
        "until": _clock(begun + timedelta(seconds=settings.MODEL_WAIT_SECONDS)),
    }


def _length(seconds: int) -> str:
    minutes = round(seconds / SECONDS_A_MINUTE)
    if seconds < SECONDS_A_MINUTE:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


def _clock(moment: datetime) -> str:
    return f"{date_format(timezone.localtime(moment), 'H:i:s')} {timezone.localtime(moment):%Z}"
