"""Talks that nobody gave before: put together from sentences by a seed, and some recordings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts_app.models import User
from sessions_app import actions
from sessions_app.models import PracticeSession
from tests.acceptance.talks import AGREEING, CONTESTED
from tests.environment import DATA_DIR
from tests.media_files import talk, write

SHORTEST, LONGEST = 200, 520  # words: one to three windows
CONTESTED_SHARE: Final = 0.2  # as in `benchmarks.seeded`
RECORDED_EVERY: Final = 50
"""The others come as transcripts: to decode a recording takes the processor ten times as long as
all the rest of a talk.
"""


def speakers(count: int, series: str) -> list[User]:
    """Who never sign in."""
    return User.objects.bulk_create(
        User(email=f"{series}-{number}@example.com") for number in range(count)
    )


def give(series: str, owners: Sequence[User], seed: int) -> list[PracticeSession]:
    """One talk by each; all of them wait for a worker. Their titles are no two alike."""
    return [
        actions.create_session(
            owner=owner,
            title=f"{series}-{number}",
            language="en",
            kind="presentation",
            **_given(seed, number),
        )
        for number, owner in enumerate(owners)
    ]


def _given(seed: int, number: int) -> dict[str, Any]:
    if number % RECORDED_EVERY == RECORDED_EVERY - 1:
        return {"media": _recording(seed, number)}
    return {"transcript_text": _said(seed, number), "transcript_format": "txt"}


def _said(seed: int, number: int) -> str:
    random = Random(f"{seed} {number}")
    source = CONTESTED if random.random() < CONTESTED_SHARE else AGREEING
    sentences = re.split(r"(?<=[.!?])\s+", source)
    length = random.randint(SHORTEST, LONGEST)
    parts = [f"This is talk {number} of series {seed}."]
    while sum(len(part.split()) for part in parts) < length:
        parts.append(random.choice(sentences))
    return " ".join(parts)


def _recording(seed: int, number: int) -> SimpleUploadedFile:
    """Some 32 to 46 s of sound, in which the simulator hears words."""
    random = Random(f"{seed} {number}")
    sound = talk(phrases=random.randint(15, 20), phrase=1.5 + number / 10_000)
    file = write(DATA_DIR / f"talk-{seed}-{number}.webm", sound)
    return SimpleUploadedFile(file.name, file.read_bytes(), "video/webm")
