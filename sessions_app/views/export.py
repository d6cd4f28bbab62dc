"""The report as a file to keep."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from sessions_app.display.page import report_of, shown
from sessions_app.exports import export_filename, report_document
from sessions_app.views.access import AuthenticatedRequest, own_session


@login_required
@require_safe
def report_json(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    session = own_session(request, pk)
    run, _shows = shown(session)
    report = report_of(run)
    if run is None or report is None:
        raise Http404("no report yet")
    response = JsonResponse(
        report_document(session, run, report),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    name = content_disposition_header(True, export_filename(session.title, "json"))
    response.headers["Content-Disposition"] = name or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    return response
