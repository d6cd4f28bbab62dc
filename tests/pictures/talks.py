"""Talks of somebody who has practised for some weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts_app.models import User
from sessions_app import actions
from sessions_app.models import PracticeSession, SessionRun, TalkKind
from tests.deadline import eventually
from tests.gallery import RECORDING, SPEAKERS
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
    Practice(BEES, SENTENCES[:11], 8, 285, 7),
    Practice("Swarm season", SENTENCES[9:], 7, 300, 6),
    Practice(f"{BEES}, again", SENTENCES[:11], 5, 320, 5, again=BEES),
    Practice("A hive for our street", SENTENCES[4:14], 5, 345, 4, TalkKind.PITCH),
    Practice("Answers to the club", SENTENCES[6:18], 4, 365, 3, TalkKind.INTERVIEW),
    Practice("What a colony decides", SENTENCES[2:13], 3, 350, 2),
    Practice(f"{BEES}, at the club", SENTENCES[:10], 1, 360, 1, again=BEES),
)


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


def practised(owner: User) -> None:
    """All of them, weeks apart and finished."""
    by_title = dict[str, PracticeSession]()
    for practice in PRACTICES:
        by_title[practice.title] = _practise(owner, practice, by_title.get(practice.again))


def _practise(owner: User, practice: Practice, again: PracticeSession | None) -> PracticeSession:
    session = create(
        owner,
        practice.title,
        transcript_text=subtitles(practice),
        transcript_format="srt",
        kind=practice.kind,
        retake_of=again,
    )
    long_ago = timezone.now() - timedelta(weeks=practice.weeks_ago)
    PracticeSession.objects.filter(pk=session.pk).update(created_at=long_ago)
    ended(session)
    return session


def create(owner: User, title: str, **fields: Any) -> PracticeSession:
    return actions.create_session(
        owner=owner, title=title, **{"language": "en", "kind": TalkKind.PRESENTATION, **fields}
    )


def recorded(owner: User, title: str, **fields: Any) -> PracticeSession:
    """The demo recording."""
    media = SimpleUploadedFile(RECORDING.name, RECORDING.read_bytes())
    return create(owner, title, media=media, **fields)


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
