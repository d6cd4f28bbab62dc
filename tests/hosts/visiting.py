"""What one host shows of all talks: their reports, and their recordings in ranges."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts_app.models import User
from sessions_app.models import PracticeSession

RANGES: Final = (("0-99", 0, 100), ("1000-1999", 1000, 2000), ("-50", -50, None))
"""As asked for, and where they begin and end."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Titles of the talks that were not shown, or not played, as they are to be."""

    talks: int
    unread: tuple[str, ...]
    unheard: tuple[str, ...]


def visit(url: str) -> Seen:
    """All talks there are, each as its owner."""
    talks = list(PracticeSession.objects.select_related("owner").defer("transcript_text"))
    visitors = {talk.owner_id: Visitor(url, talk.owner) for talk in talks}
    unread = (talk.title for talk in talks if not visitors[talk.owner_id].reads(talk))
    unheard = (talk.title for talk in talks if not visitors[talk.owner_id].hears(talk))
    return Seen(len(talks), tuple(unread), tuple(unheard))


class Visitor:
    def __init__(self, url: str, user: User) -> None:
        client = Client()
        client.force_login(user)
        self._url = url
        self._cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies['sessionid'].value}"

    def reads(self, talk: PracticeSession) -> bool:
        """The page, and a whole report behind it."""
        try:
            page = self._body(reverse("session_detail", args=[talk.pk])).decode()
            report = json.loads(self._body(reverse("report_json", args=[talk.pk])))
        except HTTPError:
            return False
        return talk.title in page and not report["provisional"] and bool(report["words"])

    def hears(self, talk: PracticeSession) -> bool:
        """The same bytes in ranges as in one piece."""
        try:
            return all(self._ranges_fit(reverse("session_media", args=[talk.pk])))
        except HTTPError:
            return False

    def _ranges_fit(self, path: str) -> Iterator[bool]:
        whole = self._body(path)
        for asked, begin, end in RANGES:
            yield self._body(path, Range=f"bytes={asked}") == whole[begin:end]

    def _body(self, path: str, **headers: str) -> bytes:
        request = Request(self._url + path, headers={"Cookie": self._cookie, **headers})
        with urlopen(request) as answer:
            assert answer.status == (206 if headers else 200)
            return bytes(answer.read())
