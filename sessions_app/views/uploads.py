"""Recordings that come in piece by piece, by the tus protocol 1.0.0 with creation and termination.

`/uploads/`         OPTIONS 204, POST 201 with `Location`
`/uploads/<uuid>/`  OPTIONS 204, HEAD 200, PATCH 204, DELETE 204

A client is a browser that is signed in: session cookie, and `X-CSRFToken` for all but OPTIONS and
HEAD. What it meets besides, where (t) has a plain text in the language of the pages:

400 (t)  the file is empty; or a header is missing or wrong
401 (t)  signed out: sign in, in another tab as well, then go on
403      the CSRF token is old: read the cookie again
404 (t)  there is no such upload, it was dropped, or it is somebody else's: begin a new one
409      the piece does not begin at the end: `Upload-Offset` of the answer is where it is; so it
         ends as well for the slower of two that send at once
410 (t)  a talk was made of it: `Location` is its page
411, 412, 415  for those who do not speak the protocol
413 (t)  larger than permitted or announced, or no room for it
503 (t)  as many send as may at once: try again after `Retry-After`
507 (t)  the disk takes no more; what has arrived is kept: try again later

A 204 of PATCH may have taken less than was sent: `Upload-Offset` counts. What arrived before a
connection broke is kept; ask HEAD where to go on. An upload that nobody has touched for
`UPLOAD_KEEP_HOURS` is dropped, and so is the oldest of too many. Where PATCH and DELETE do not get
through: POST with `X-HTTP-Method-Override`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import BoundedSemaphore
from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from sessions_app import actions, incoming, partials, queries, tus
from sessions_app.forms import MEGABYTE, upload_limits
from sessions_app.messages import over_quota_text, problem_text
from sessions_app.models import Upload
from sessions_app.request_body import blocks
from sessions_app.stages.problems import Problem, StageProblem
from sessions_app.views.access import AuthenticatedRequest

View = Callable[..., HttpResponse]

SENDING_AT_ONCE: Final = 5
"""Each keeps a thread of the web server, and one of the places for long bodies
(`speechcoach.overload`), for as long as its line takes, or says nothing."""
BUSY_SECONDS: Final = 3
_places = BoundedSemaphore(SENDING_AT_ONCE)


def _by_tus(view: View) -> View:
    """Every answer is one of the protocol, to people who are signed in."""
    protected = csrf_protect(view)

    @csrf_exempt  # only here: the answer to a wrong token has to carry the version as well
    @wraps(view)
    def answering(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        answer = _refused(request) or protected(request, *args, **kwargs)
        answer.headers["Tus-Resumable"] = tus.VERSION
        answer.headers["Cache-Control"] = "no-store"
        return answer

    return answering


def _refused(request: HttpRequest) -> HttpResponse | None:
    if request.method == "OPTIONS":
        return None
    if request.headers.get("Tus-Resumable") != tus.VERSION:
        return HttpResponse(status=412, headers={"Tus-Version": tus.VERSION})
    if not request.user.is_authenticated:
        return _text(_("You are signed out. Sign in again, then go on."), 401)
    return None


@_by_tus
def uploads(request: AuthenticatedRequest) -> HttpResponse:
    if request.method == "OPTIONS":
        return _abilities()
    if request.method == "POST":
        return _begin(request)
    return _not_allowed("OPTIONS", "POST")


@_by_tus
def upload(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    method = _method(request)
    if method == "OPTIONS":
        return _abilities()
    if method not in _ANSWERS:
        return _not_allowed("OPTIONS", *_ANSWERS)
    found = incoming.own_upload(request.user, pk)
    if found is not None and found.session is not None:
        text = _text(_("A talk was made of this upload already."), 410)
        text.headers["Location"] = found.session.get_absolute_url()
        return text
    if found is None or (offset := partials.offset(pk)) is None:
        return _gone()
    return _ANSWERS[method](request, found, offset)


def _abilities() -> HttpResponse:
    headers = {
        "Tus-Version": tus.VERSION,
        "Tus-Extension": tus.EXTENSIONS,
        "Tus-Max-Size": str(upload_limits()["recording"]),
    }
    return HttpResponse(status=204, headers=headers)


def _begin(request: AuthenticatedRequest) -> HttpResponse:
    length = tus.number(request.headers.get("Upload-Length"))
    if length is None:
        return _text("Upload-Length is missing.", 400)
    if length == 0:
        return _text(problem_text(Problem.EMPTY_FILE), 400)
    if length > upload_limits()["recording"]:
        return _text(problem_text(Problem.TOO_LARGE), 413)
    about = tus.metadata(request.headers.get("Upload-Metadata", ""))
    try:
        begun = actions.begin_upload(
            owner=request.user,
            length=length,
            filename=tus.plain_name(about.get("filename", ""), 255),
            filetype=tus.plain_text(about.get("filetype", ""), 100),
            room=settings.USER_QUOTA_MB * MEGABYTE - queries.media_bytes_of(request.user),
        )
    except actions.NoRoom as full:
        return _text(over_quota_text(full.free // MEGABYTE), 413)
    except StageProblem as problem:
        return _text(problem_text(problem.problem), 507)
    return HttpResponse(status=201, headers={"Location": begun.get_absolute_url()})


def _tell(request: AuthenticatedRequest, found: Upload, offset: int) -> HttpResponse:
    about = tus.as_header({"filename": found.filename, "filetype": found.filetype})
    headers = {"Upload-Offset": str(offset), "Upload-Length": str(found.length)}
    return HttpResponse(headers={**headers, **({"Upload-Metadata": about} if about else {})})


def _receive(request: AuthenticatedRequest, found: Upload, offset: int) -> HttpResponse:
    at = tus.number(request.headers.get("Upload-Offset"))
    size = tus.number(request.headers.get("Content-Length"))
    if request.content_type != tus.PIECE:
        return _text(f"The Content-Type has to be {tus.PIECE}.", 415)
    if at is None:
        return _text("Upload-Offset is missing.", 400)
    if size is None:
        return _text("Content-Length is missing.", 411)
    if at != offset:
        return _at(offset, HttpResponse(status=409))
    if at + size > found.length:
        return _text(_("This is more than the file was said to have. Begin it again."), 413)
    return _append(request, found, at)


def _append(request: AuthenticatedRequest, found: Upload, at: int) -> HttpResponse:
    if not _places.acquire(blocking=False):
        busy = _text(_("Many people are uploading right now. Yours goes on in a moment."), 503)
        busy.headers["Retry-After"] = str(BUSY_SECONDS)
        return busy
    try:
        offset = actions.receive(upload=found, at=at, blocks=blocks(request))
    except actions.OffsetMoved:
        return _at(partials.offset(found.pk), HttpResponse(status=409))
    except actions.UploadGone:
        return _gone()
    except StageProblem as problem:
        return _at(partials.offset(found.pk), _text(problem_text(problem.problem), 507))
    finally:
        _places.release()
    return _at(offset, HttpResponse(status=204))


def _end(request: AuthenticatedRequest, found: Upload, offset: int) -> HttpResponse:
    actions.delete_upload(upload=found)
    return HttpResponse(status=204)


_ANSWERS: dict[str, Callable[[AuthenticatedRequest, Upload, int], HttpResponse]] = {
    "HEAD": _tell,
    "PATCH": _receive,
    "DELETE": _end,
}


def _method(request: HttpRequest) -> str:
    """Only of a POST, whose CSRF token was looked at, another method is believed."""
    method = request.method or ""
    if method == "POST":
        return request.headers.get("X-HTTP-Method-Override", method)
    return method


def _at(offset: int | None, answer: HttpResponse) -> HttpResponse:
    if offset is not None:
        answer.headers["Upload-Offset"] = str(offset)
    return answer


def _gone() -> HttpResponse:
    return _text(_("This upload is no longer on this server. Begin it again."), 404)


def _not_allowed(*methods: str) -> HttpResponse:
    return HttpResponse(status=405, headers={"Allow": ", ".join(methods)})


def _text(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
