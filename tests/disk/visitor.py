"""Somebody who uploads, reads and tries again, also when the disk takes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from http.client import HTTPException
from itertools import count
from pathlib import Path
from urllib.error import HTTPError

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts_app.models import User
from sessions_app.models import PracticeSession
from tests.acceptance.uploading import press, read_page, session_key
from tests.chaos.uploads import Uploader


class Visitor:
    """Signed in before it happens: to sign in is to write."""

    def __init__(self, url: str, speaker: User, recordings: Iterator[Path]) -> None:
        self.uploader = Uploader(url, (speaker,), (), 0.0)
        self._url, self._speaker, self._recordings = url, speaker, recordings
        self._session = session_key(speaker)
        self._numbers = count()

    def upload(self) -> None:
        self.uploader.upload(next(self._numbers), next(self._recordings))

    def tries_to_upload(self, title: str) -> str:
        """The page that is the answer, or nothing where there is none."""
        sound = next(self._recordings)
        recording = SimpleUploadedFile(sound.name, sound.read_bytes())
        fields = {"language": "en", "kind": "presentation", "title": title, "recording": recording}
        return _answer(lambda: self._press("/talks/new/", fields))

    def sees(self, talk: PracticeSession) -> bool:
        path = f"/talks/{talk.pk}/"
        page = _answer(lambda: read_page(self._url, self._speaker, path, self._session))
        return talk.title in page

    def tries_again(self, talk: PracticeSession) -> None:
        page = f"/talks/{talk.pk}/"
        self._press(f"{page}retry/", {}, on=page)

    def _press(self, path: str, fields: Mapping[str, object], on: str = "") -> str:
        return press(self._url, self._speaker, path, fields, on, session=self._session)


def _answer(ask: Callable[[], str]) -> str:
    try:
        return ask()
    except HTTPError as error:
        return error.read().decode()
    except (OSError, HTTPException):
        return ""
