"""Somebody who uploads to whichever host has its turn, as behind a balancer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import cycle
from pathlib import Path

from accounts_app.models import User
from tests.chaos.uploads import Uploader


class Balancer(Uploader):
    """One that does not answer is asked again at the next host."""

    def __init__(
        self,
        urls: Sequence[str],
        speakers: Sequence[User],
        recordings: Iterable[Path],
        apart: float,
    ) -> None:
        super().__init__(urls[0], speakers, recordings, apart)
        self._turns = cycle(urls)

    def _send(self, number: int, title: str, recording: Path) -> None:
        self._url = next(self._turns)
        super()._send(number, title, recording)
