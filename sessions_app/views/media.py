"""The recording, in ranges, for its owner."""

from __future__ import annotations

from typing import BinaryIO
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from sessions_app.accelerated import HEADER, accelerated_path
from sessions_app.ranges import ByteRange, FilePart, Unsatisfiable, parse_range
from sessions_app.recordings import open_recording
from sessions_app.sniffing import UNKNOWN, content_type
from sessions_app.views.access import AuthenticatedRequest, own_session


@login_required
@require_safe
def session_media(request: AuthenticatedRequest, pk: UUID) -> HttpResponseBase:
    session = own_session(request, pk)
    file = open_recording(session)
    if file is None:
        raise Http404("no recording")
    size = file.seek(0, 2)
    etag = f'"{session.pk}-{size}"'
    kind = content_type(file)
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
    response = FileResponse(file)
    response.headers["Content-Length"] = str(size)
    return response


def _partial(file: BinaryIO, part: ByteRange, size: int) -> HttpResponseBase:
    response = StreamingHttpResponse(FilePart(file, part), status=206)
    response.headers["Content-Length"] = str(part.length)
    response.headers["Content-Range"] = part.content_range(size)
    return response
