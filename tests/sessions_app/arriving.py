"""Recordings on their way in, for tests."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts_app.models import User
from sessions_app import partials, tus
from sessions_app.models import Upload
from tests.factories import UserFactory

TUS = {"Tus-Resumable": tus.VERSION}


def arriving(
    data: bytes = b"", *, length: int | None = None, owner: User | None = None, **fields: Any
) -> Upload:
    """An upload of which `data` has arrived; complete unless `length` says otherwise."""
    upload = Upload.objects.create(
        owner=owner or UserFactory.create(),
        length=len(data) if length is None else length,
        **{"filename": "My talk.webm", **fields},
    )
    partials.create(upload.pk)
    partials.append(upload.pk, 0, [data])
    return upload


def arrived(upload: Upload) -> bytes:
    return partials.path_of(upload.pk).read_bytes()


def begin(browser: Client, length: object, metadata: str = "") -> HttpResponse:
    headers = {**TUS, "Upload-Length": str(length), "Upload-Metadata": metadata}
    return browser.generic("POST", reverse("uploads"), headers=headers)  # type: ignore[return-value]


def ask(browser: Client, upload: Upload) -> HttpResponse:
    return browser.head(upload.get_absolute_url(), headers=TUS)  # type: ignore[return-value]


def send(browser: Client, upload: Upload, piece: bytes, at: object, **environ: Any) -> HttpResponse:
    headers = {**TUS, "Upload-Offset": str(at)}
    return browser.generic(  # type: ignore[return-value]
        "PATCH", upload.get_absolute_url(), piece, tus.PIECE, headers=headers, **environ
    )
