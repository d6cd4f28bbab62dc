"""A report, and everything else of a talk, as files to keep."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from sessions_app.display.page import shown
from sessions_app.exports.archive import in_language
from sessions_app.exports.names import export_filename
from sessions_app.exports.reading import Reading, has_times, reading
from sessions_app.exports.talk import talk_entries
from sessions_app.models import SessionRun
from sessions_app.views.access import AuthenticatedRequest, own_session
from sessions_app.views.downloads import one_zip


@login_required
@require_safe
def session_export(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """The page that lists the forms there are."""
    session = own_session(request, pk)
    run = _reported(shown(session)[0])
    context = {"session": session, "run": run, "timed": run is not None and has_times(run)}
    response = render(request, "sessions/export.html", context)
    patch_cache_control(response, private=True, no_store=True)
    return response


@login_required
@require_safe
def report_json(request: AuthenticatedRequest, pk: UUID) -> HttpResponseBase:
    return _file(request, pk, "application/json", ("json", ""), Reading.json)


@login_required
@require_safe
def report_markdown(request: AuthenticatedRequest, pk: UUID) -> HttpResponseBase:
    return _file(request, pk, "text/markdown", ("md", ""), Reading.markdown)


@login_required
@require_safe
def findings_csv(request: AuthenticatedRequest, pk: UUID) -> HttpResponseBase:
    return _file(request, pk, "text/csv", ("csv", "findings"), Reading.findings_csv)


@login_required
@require_safe
def words_csv(request: AuthenticatedRequest, pk: UUID) -> HttpResponseBase:
    return _file(request, pk, "text/csv", ("csv", "words"), Reading.words_csv)


@login_required
@require_safe
def words_srt(request: AuthenticatedRequest, pk: UUID) -> HttpResponseBase:
    return _file(request, pk, "application/x-subrip", ("srt", ""), Reading.srt, timed=True)


@login_required
@require_safe
def words_vtt(request: AuthenticatedRequest, pk: UUID) -> HttpResponseBase:
    return _file(request, pk, "text/vtt", ("vtt", ""), Reading.vtt, timed=True)


@login_required
@require_safe
def session_zip(request: AuthenticatedRequest, pk: UUID) -> HttpResponseBase:
    """All of the talk: the recording and every other form."""
    session = own_session(request, pk)
    entries = in_language(get_language() or "", talk_entries(session))
    return one_zip(request, entries, export_filename(session.title, "zip"))


def _file(
    request: AuthenticatedRequest,
    pk: UUID,
    kind: str,
    ending: tuple[str, str],
    make: Callable[[Reading], str],
    *,
    timed: bool = False,
) -> HttpResponseBase:
    """404 before there is a report, and where no word has a time for what has to be `timed`.

    HEAD costs no more than that.
    """
    session = own_session(request, pk)
    run = _reported(shown(session)[0])
    if run is None or (timed and not has_times(run)):
        raise Http404("nothing to export")
    response: HttpResponseBase = StreamingHttpResponse(())  # its length is not known
    if request.method != "HEAD":
        told = reading(session)
        if told is None:
            raise Http404("nothing to export")
        response = HttpResponse(make(told))
    name = content_disposition_header(True, export_filename(session.title, *ending))
    response.headers["Content-Type"] = f"{kind}; charset=utf-8"
    response.headers["Content-Disposition"] = name or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _reported(run: SessionRun | None) -> SessionRun | None:
    """`None` where it has no words yet."""
    return run if run is not None and run.transcript_id is not None else None
