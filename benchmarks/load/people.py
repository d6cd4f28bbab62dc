"""Accounts with talks to look at, as rows; who uses them is signed in already."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import copy
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final, TypeVar
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import Model
from django.db.transaction import atomic
from django.test import Client
from django.utils import timezone

from accounts_app.models import User
from sessions_app import codec
from sessions_app.display.earlier import earlier_of, told_beside
from sessions_app.display.page import report_of
from sessions_app.models import (
    CoachingNote,
    Finding,
    PracticeSession,
    RunMetrics,
    RunStage,
    RunState,
    SessionRun,
)
from sessions_app.speech.baseline import TALKS
from tests.factories import RunFactory, UserFactory
from tests.sessions_app.attempts import SENTENCES, attempt

FEW, MANY, MANY_EVERY = 10, 200, 10
"""Talks in a list; every tenth person has many."""
SPOKEN: Final = SENTENCES * 3
PARTS: Final = ("metrics", "coaching", "transcript")
WORD_MS: Final = 330  # with their pauses some five minutes
AWAY: Final = timedelta(days=1)

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Person:
    """`mark` is in the title of each of their talks and of nobody else's; `cookie` is theirs.

    `report` has the report of five minutes, `running` is being worked on for ever.
    """

    mark: str
    cookie: str
    talks: int
    report: str
    running: str


def make_people(count: int, file: Path) -> tuple[Person, ...]:
    """As JSON in `file` besides."""
    template = _template()
    people = tuple(_person(number, template) for number in range(count))
    file.write_text(json.dumps([asdict(person) for person in people]))
    return people


def _template() -> SessionRun:
    """Its coaching knows of earlier talks like those that everybody has."""
    owner = UserFactory.create(email="template@example.com")
    first = attempt(owner, *SPOKEN, word_ms=WORD_MS, title="Template")
    template = SessionRun.objects.select_related(*PARTS).get(pk=first.pk)
    _list(owner, "template", TALKS, template)
    latest = PracticeSession.objects.get(pk=_report(owner, "template", template))
    run = SessionRun.objects.select_related(*PARTS).get(session=latest)
    report = report_of(run)
    assert report is not None
    told = told_beside(earlier_of(latest, report), latest, run, report)
    template.coaching.content = codec.dump(told.coaching)
    return template


@atomic
def _person(number: int, template: SessionRun) -> Person:
    mark = f"person-{number}."
    owner = UserFactory.create(email=f"{mark}@example.com".replace(".@", "@"))
    talks = MANY if number % MANY_EVERY == 0 else FEW
    _list(owner, mark, talks - 2, template)
    return Person(
        mark=mark,
        cookie=f"{settings.SESSION_COOKIE_NAME}={_session_key(owner)}",
        talks=talks,
        report=str(_report(owner, mark, template)),
        running=str(_running(owner, mark)),
    )


def _session_key(owner: User) -> str:
    client = Client()
    client.force_login(owner)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _list(owner: User, mark: str, count: int, template: SessionRun) -> None:
    """Talks of which a list and a curve read; nobody opens them."""
    talks = [PracticeSession(owner=owner, title=f"Talk {at} of {mark}") for at in range(count)]
    PracticeSession.objects.bulk_create(talks)
    runs = [_copy(template, id=uuid4(), session=talk, transcript=None) for talk in talks]
    SessionRun.objects.bulk_create(runs)
    RunMetrics.objects.bulk_create(_copy(template.metrics, id=None, run=run) for run in runs)
    for talk, run in zip(talks, runs, strict=True):
        talk.current_run = talk.latest_run = run
    PracticeSession.objects.bulk_update(talks, ["current_run", "latest_run"])


def _report(owner: User, mark: str, template: SessionRun) -> UUID:
    """With all that its page shows."""
    assert template.transcript is not None
    talk = PracticeSession.objects.create(owner=owner, title=f"Report of {mark}")
    words = _copy(template.transcript, id=None, session=talk)
    words.save()
    run = _copy(template, id=uuid4(), session=talk, transcript=words)
    SessionRun.objects.bulk_create([run])
    RunStage.objects.bulk_create(_copies(template.stages.all(), run))
    Finding.objects.bulk_create(_copies(template.findings.all(), run))
    RunMetrics.objects.bulk_create([_copy(template.metrics, id=None, run=run)])
    CoachingNote.objects.bulk_create([_copy(template.coaching, id=None, run=run)])
    talk.current_run = talk.latest_run = run
    talk.save()
    return talk.pk


def _running(owner: User, mark: str) -> object:
    """A talk whose worker holds it for longer than any trial takes."""
    now = timezone.now()
    run = RunFactory.create(
        session__owner=owner, session__title=f"Running for {mark}", state=RunState.PROCESSING,
        started_at=now, lease_token=uuid4(), lease_expires_at=now + AWAY,
    )  # fmt: skip
    return run.session_id


def _copies(rows: object, run: SessionRun) -> Iterator[Row]:
    for row in rows:  # type: ignore[attr-defined]
        yield _copy(row, id=None, run=run)


def _copy(row: Row, **changed: object) -> Row:
    other = copy(row)
    other._state = copy(row._state)
    other._state.adding = True
    other._state.fields_cache = {}
    for name, value in changed.items():
        setattr(other, name, value)
    if changed["id"] is None:
        other.pk = None
    return other
