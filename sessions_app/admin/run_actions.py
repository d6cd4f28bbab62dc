"""What staff may do about the runs of the talks they ticked; each deed is kept in the history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sessions_app.actions import RecordingGone, RunInProgress, cancel_run, release_run, start_run
from sessions_app.models import PracticeSession
from sessions_app.stages.outputs import Mode

Deed = Callable[[PracticeSession], str]
"""Returns why it could not be done, or nothing."""


@admin.action(description=gettext_lazy("Reprocess"), permissions=["process"])
def reprocess(
    page: admin.ModelAdmin[PracticeSession], request: HttpRequest, talks: QuerySet[PracticeSession]
) -> None:
    _do(page, request, talks, _start, gettext_lazy("Reprocessing started."))


@admin.action(description=gettext_lazy("Reprocess sequentially"), permissions=["process"])
def reprocess_sequentially(
    page: admin.ModelAdmin[PracticeSession], request: HttpRequest, talks: QuerySet[PracticeSession]
) -> None:
    _do(page, request, talks, _start_sequentially, gettext_lazy("Sequential reprocessing started."))


@admin.action(description=gettext_lazy("Reprocess coaching only"), permissions=["process"])
def reprocess_coaching(
    page: admin.ModelAdmin[PracticeSession], request: HttpRequest, talks: QuerySet[PracticeSession]
) -> None:
    _do(page, request, talks, _start_coaching, gettext_lazy("Reprocessing of coaching started."))


@admin.action(description=gettext_lazy("Cancel"), permissions=["process"])
def cancel(
    page: admin.ModelAdmin[PracticeSession], request: HttpRequest, talks: QuerySet[PracticeSession]
) -> None:
    _do(page, request, talks, _cancel, gettext_lazy("Cancellation requested."))


@admin.action(description=gettext_lazy("Release from quarantine"), permissions=["process"])
def release(
    page: admin.ModelAdmin[PracticeSession], request: HttpRequest, talks: QuerySet[PracticeSession]
) -> None:
    _do(page, request, talks, _release, gettext_lazy("Released from quarantine."))


def _do(
    page: admin.ModelAdmin[PracticeSession],
    request: HttpRequest,
    talks: QuerySet[PracticeSession],
    deed: Deed,
    done: Any,
) -> None:
    count = 0
    for talk in talks:
        if reason := deed(talk):
            told = _("“%(title)s”: %(reason)s") % {"title": talk.title, "reason": reason}
            page.message_user(request, told, messages.WARNING)
        else:
            page.log_change(request, talk, str(done))
            count += 1
    if count:
        all_done = ngettext("%(count)d talk: %(done)s", "%(count)d talks: %(done)s", count)
        page.message_user(request, all_done % {"count": count, "done": done})


def _start(talk: PracticeSession, wanted_mode: str = "") -> str:
    if talk.latest_run is None:
        return _("its owner has to say first whose words count.")
    try:
        start_run(session=talk, wanted_mode=wanted_mode, bulk=True)
    except RunInProgress:
        return _("it is being processed already.")
    except RecordingGone:
        return _("its recording was removed; only its report is kept.")
    return ""


def _start_sequentially(talk: PracticeSession) -> str:
    return _start(talk, Mode.SEQUENTIAL)


def _start_coaching(talk: PracticeSession) -> str:
    if talk.current_run is None:
        return _("it has no report yet whose findings could be used.")
    try:
        start_run(session=talk, coaching_only=True, bulk=True)
    except RunInProgress:
        return _("it is being processed already.")
    except ValueError:
        return _("no model is configured that could write new coaching.")
    return ""


def _cancel(talk: PracticeSession) -> str:
    if talk.latest_run is None or not talk.latest_run.is_live:
        return _("nothing is going on.")
    cancel_run(run=talk.latest_run)
    return ""


def _release(talk: PracticeSession) -> str:
    if talk.latest_run is None or not release_run(run=talk.latest_run):
        return _("it is not in quarantine.")
    return ""
