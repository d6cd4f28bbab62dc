"""The recording, in ranges, for its owner."""

from __future__ import annotations

import logging
import os
from typing import BinaryIO, Final
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from sessions_app.accelerated import HEADER, accelerated_path
from sessions_app.models import PracticeSession
from sessions_app.ranges import ByteRange, FilePart, Unsatisfiable, parse_range
from sessions_app.recordings import open_recording, recording_type
from sessions_app.sniffing import UNKNOWN
from sessions_app.views.access import AuthenticatedRequest, own_session

logger = logging.getLogger(__name__)

AGAIN_SECONDS: Final = 5


@login_required
@require_safe
def session_media(request: AuthenticatedRequest, pk: UUID) -> HttpResponseBase:
    session = own_session(request, pk)
    try:
        return _recording(request, session)
    except OSError as error:  # a storage that does not answer
        logger.warning("session %s: recording not sent, %s", session.pk, error.strerror)
        return HttpResponse(status=503, headers={"Retry-After": str(AGAIN_SECONDS)})


def _recording(request: AuthenticatedRequest, session: PracticeSession) -> HttpResponseBase:
    """Raises `OSError`."""
    file = open_recording(session)
    if file is None:
        raise Http404("no recording")
    kind = recording_type(session)
    size = file.seek(0, os.SEEK_END)
    etag = f'"{session.pk}-{size}"'
    if path := accelerated_path(session):
        file.close()
        response: HttpResponseBase = HttpResponse(headers={HEADER: path})
    else:
        response = _ranged(file, _range_header(request, etag), size)
        response.headers["Accept-Ranges"] = "bytes"
        response.headers["ETag"] = etag
    name = content_disposition_header(kind == UNKNOWN, session.media_filename or "recording")
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = name or "inline"
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _range_header(request: AuthenticatedRequest, etag: str) -> str:
    """The range asked for; "" where it is of another version of the file (`If-Range`)."""
    if request.headers.get("If-Range", etag) != etag:
        return ""
    return request.headers.get("Range", "")


def _ranged(file: BinaryIO, asked: str, size: int) -> HttpResponseBase:
    """The file is closed with the answer."""
    try:
        part = parse_range(asked, size)
    except Unsatisfiable:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    return _whole(file, size) if part is None else _partial(file, part, size)


def _whole(file: BinaryIO, size: int) -> HttpResponseBase:
    file.seek(0)
    response = FileResponse(file)
    response.headers["Content-Length"] = str(size)
    return response


def _partial(file: BinaryIO, part: ByteRange, size: int) -> HttpResponseBase:
    response = StreamingHttpResponse(FilePart(file, part), status=206)
    response.headers["Content-Length"] = str(part.length)
    response.headers["Content-Range"] = part.content_range(size)
    return response
