"""Somebody who uploads a talk every few seconds, and tries again when nobody answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from http.client import HTTPException
from itertools import count
from pathlib import Path
from threading import Event, Thread
from typing import Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from accounts_app.models import User
from tests.acceptance.uploading import press

AGAIN_SECONDS: Final = 0.5


class Uploader(Thread):
    """`acknowledged` are the titles of uploads that were answered: these talks may not be lost.

    One that was not answered may have been stored all the same; the next try has a title of its
    own, so that it is no double.
    """

    def __init__(
        self, url: str, speakers: Sequence[User], recordings: Iterable[Path], apart: float
    ) -> None:
        super().__init__(name="uploader", daemon=True)
        self.acknowledged: list[str] = []
        self.unanswered = 0
        self._url = url
        self._speakers = speakers
        self._recordings = recordings
        self._apart = apart
        self._stop_asked = Event()

    def stop(self) -> None:
        self._stop_asked.set()

    def run(self) -> None:
        try:
            for number, recording in enumerate(self._recordings):
                self.upload(number, recording)
                if self._stop_asked.wait(self._apart):
                    return
        finally:
            connection.close()

    def upload(self, number: int, recording: Path) -> None:
        """Until somebody answers."""
        for attempt in count(1):
            title = f"Talk {number}, try {attempt}"
            try:
                self._send(number, title, recording)
            except (OSError, HTTPException):  # the server is away, or died while it answered
                self.unanswered += 1
            else:
                self.acknowledged.append(title)
                return
            if self._stop_asked.wait(AGAIN_SECONDS):
                return

    def _send(self, number: int, title: str, recording: Path) -> None:
        file = SimpleUploadedFile(recording.name, recording.read_bytes())
        fields = {"language": "en", "kind": "presentation", "title": title, "recording": file}
        speaker = self._speakers[number % len(self._speakers)]
        press(self._url, speaker, "/talks/new/", fields)
