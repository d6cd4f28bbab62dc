"""Talks of somebody who has practised for some weeks."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts_app.models import User
from sessions_app import actions
from sessions_app.models import PracticeSession, SessionRun, TalkKind
from tests.acceptance.microphone import RATE, sound_of
from tests.deadline import eventually
from tests.gallery import RECORDING, SPEAKERS
from tests.media_files import write
from tests.sessions_app.attempts import SENTENCES

GAP_MS = 650  # between two sentences
ENOUGH = 240.0  # seconds, for the rough draft on a busy machine
WALKING = "Walking meetings"
WALKING_PROMPT = "Persuade your team to take one meeting outside. What would they object to?"


@dataclass(frozen=True, slots=True)
class Practice:
    """Sentences said at a pace, some of them begun with a filler; `again` names an earlier talk."""

    title: str
    sentences: tuple[str, ...]
    fillers: int
    word_ms: int
    weeks_ago: int
    kind: TalkKind = TalkKind.PRESENTATION
    again: str = ""


BEES = "Bees on the roof"
PRACTICES = (
    Practice(BEES, SENTENCES[:11], 8, 285, 9),
    Practice(f"{BEES}, again", SENTENCES[:11], 3, 330, 8, again=BEES),
    Practice("Answers to the club", SENTENCES[6:18], 2, 355, 6, TalkKind.INTERVIEW),
)
SPEEDS = (1.17, 1.14, 1.11, 1.07, 1.03)
"""Of earlier attempts at the recorded talk, a week apart; the last one is as it was recorded."""


def subtitles(practice: Practice) -> str:
    """As SRT, so that the words have times without a recording."""
    at, cues = 0, []
    for number, sentence in enumerate(practice.sentences):
        said = f"Um, {sentence[0].lower()}{sentence[1:]}" if number < practice.fillers else sentence
        end = at + len(said.split()) * practice.word_ms
        cues.append(f"{number + 1}\n{_clock(at)} --> {_clock(end)}\n{said}\n")
        at = end + GAP_MS
    return "\n".join(cues)


def _clock(ms: int) -> str:
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02},{ms % 1000:03}"


def practised(owner: User) -> PracticeSession:
    """All of them, weeks apart and finished. The last attempt at the recorded talk."""
    by_title = dict[str, PracticeSession]()
    for practice in PRACTICES:
        by_title[practice.title] = _practise(owner, practice, by_title.get(practice.again))
    first: PracticeSession | None = None
    for weeks_ago, speed in zip(range(len(SPEEDS), 0, -1), SPEEDS, strict=True):
        talk = with_transcript(owner, WALKING, speed=speed, retake_of=first, kind=TalkKind.PITCH)
        _date_back(talk, weeks_ago)
        ended(talk)
        first = first or talk
    last = with_transcript(
        owner, WALKING, retake_of=first, kind=TalkKind.PITCH, prompt=WALKING_PROMPT
    )
    ended(last)
    return last


def _date_back(session: PracticeSession, weeks: int) -> None:
    long_ago = timezone.now() - timedelta(weeks=weeks)
    PracticeSession.objects.filter(pk=session.pk).update(created_at=long_ago)


def _practise(owner: User, practice: Practice, again: PracticeSession | None) -> PracticeSession:
    session = create(
        owner,
        practice.title,
        transcript_text=subtitles(practice),
        transcript_format="srt",
        kind=practice.kind,
        retake_of=again,
    )
    _date_back(session, practice.weeks_ago)
    ended(session)
    return session


def create(owner: User, title: str, **fields: Any) -> PracticeSession:
    return actions.create_session(
        owner=owner, title=title, **{"language": "en", "kind": TalkKind.PRESENTATION, **fields}
    )


def recorded(owner: User, title: str, *, speed: float = 1.0, **fields: Any) -> PracticeSession:
    """The demo recording, said faster where `speed` is more than 1."""
    media = SimpleUploadedFile(RECORDING.name, RECORDING.read_bytes())
    if speed != 1:
        media = SimpleUploadedFile("talk.flac", _faster(speed))
    return create(owner, title, media=media, **fields)


def _faster(speed: float) -> bytes:
    """As a tape that runs too fast: higher, too."""
    with tempfile.TemporaryDirectory() as folder:
        samples = sound_of(RECORDING.read_bytes())
        path = write(Path(folder) / "talk.flac", samples, rate=round(RATE * speed))
        return path.read_bytes()


def with_transcript(owner: User, title: str, **fields: Any) -> PracticeSession:
    """The demo recording and its words."""
    text = RECORDING.with_suffix(".txt").read_text()
    return recorded(owner, title, transcript_text=text, transcript_format="txt", **fields)


def unreadable(owner: User) -> PracticeSession:
    media = SimpleUploadedFile("notes.mp3", b"Buy honey, wax and a veil.\n" * 40)
    return create(owner, "Notes for Saturday", media=media)


def undecided(owner: User) -> PracticeSession:
    return create(owner, "Two at a table", transcript_text=SPEAKERS, transcript_format="txt")


def run_of(session: PracticeSession) -> SessionRun:
    return SessionRun.objects.filter(session=session).latest("queued_at")


def comes_to(session: PracticeSession, state: str, seconds: float = ENOUGH) -> None:
    """Wait for its run to be in this state."""
    eventually(lambda: run_of(session).state == state, seconds=seconds, what=f"is {state}")


def ended(session: PracticeSession) -> None:
    eventually(lambda: not run_of(session).is_live, seconds=ENOUGH, what=f"{session} ends")
