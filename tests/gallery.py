"""One account with a talk in every state, and all the pages it leads to.

For tests that hold every page to something. `tests/test_every_page.py` sees that none is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts_app.models import User
from ai.errors import Outcome
from sessions_app import demo
from sessions_app.models import Passage, PracticeSession, RunState, SessionRun, SimilarMoment
from sessions_app.speech.findings import FindingKind, FindingStatus
from sessions_app.stages.outputs import RefinementOutput, TextSource
from sessions_app.stages.problems import Problem
from tests.factories import RunFactory, SessionFactory, UserFactory
from tests.metrics_app.weeks import weeks
from tests.sessions_app.ai_runs import READ_TWICE, WITHOUT_AI
from tests.sessions_app.attempts import attempt
from tests.sessions_app.finished import finished_run
from tests.sessions_app.provisional import FOUND, SPOKEN, under_review

RECORDING = Path(demo.__file__).with_name("talk.webm")
PROMPT = "Why would anybody keep bees in a city, and what do the neighbours say?"
RESET = "account_reset_password_from_key"
SPEAKERS = "Anna: Good morning, and welcome.\nBen: Thank you for having me.\n"


@dataclass(frozen=True, slots=True)
class Page:
    """`name` is for messages and pictures."""

    name: str
    path: str


def gallery(owner: User) -> tuple[Page, ...]:
    """All pages of somebody signed in; their talks are made by this."""
    return (*account(), *_lists(), *_talks(owner))


def for_staff() -> tuple[Page, ...]:
    """All pages of staff beside the admin; what they show is made by this."""
    weeks()
    return (
        Page("metrics", reverse("dashboard")),
        Page("metrics-speed", f"{reverse('dashboard_speed')}?window=1440"),
        Page("metrics-advice", reverse("dashboard_advice")),
        Page("metrics-trends", reverse("dashboard_trends")),
        Page("experiments", f"{reverse('experiments')}?flag=answer_cache"),
    )


def entrance() -> tuple[Page, ...]:
    """All pages of somebody who is not signed in."""
    return (
        Page("sign-in", reverse("account_login")),
        Page("sign-up", reverse("account_signup")),
        Page("password-reset", reverse("account_reset_password")),
        Page("password-reset-sent", reverse("account_reset_password_done")),
        Page("password-reset-link-too-old", reverse(RESET, args=["1", "set"])),
        Page("password-reset-choose", _reset_link()),
        Page("password-reset-done", reverse("account_reset_password_from_key_done")),
        Page("address-to-be-confirmed", reverse("account_email_verification_sent")),
        Page("address-link-too-old", reverse("account_confirm_email", args=["none"])),
        Page("account-closed", reverse("account_inactive")),
    )  # fmt: skip


def _reset_link() -> str:
    """As it is mailed to somebody who has forgotten."""
    forgetful = UserFactory.create()
    key = default_token_generator.make_token(forgetful)
    return reverse(RESET, args=[user_pk_to_url_str(forgetful), key])


def account() -> Iterator[Page]:
    """Of the account, with no talk needed."""
    yield Page("account", reverse("account"))
    yield Page("account-delete", reverse("account_delete"))
    yield Page("sign-out", reverse("account_logout"))
    yield Page("password-change", reverse("account_change_password"))
    yield Page("addresses", reverse("account_email"))
    yield Page("who-are-you", reverse("account_reauthenticate"))


def _lists() -> Iterator[Page]:
    talks = reverse("session_list")
    yield Page("talks", talks)
    yield Page("talks-none-found", f"{talks}?q=nothing+is+called+this")
    yield Page("progress", reverse("progress"))
    yield Page("new-talk", reverse("session_new"))


def _talks(owner: User) -> Iterator[Page]:
    first, retake = _attempts(owner)
    finished = _of(retake, "session_detail")
    yield Page("report", finished)
    yield Page("report-filtered", f"{finished}?kind=filler")
    yield Page("numbers", _of(retake, "session_numbers"))
    yield Page("attempts", _of(retake, "session_attempts"))
    yield Page("word", reverse("session_word", args=[retake.session_id, 3]))
    yield Page("export", _of(retake, "session_export"))
    yield Page("delete-recording", _of(retake, "recording_delete"))
    yield Page("delete-talk", _of(retake, "session_delete"))
    yield Page("new-retake", f"{reverse('session_new')}?again={first.session_id}")
    yield Page("which-speaker", reverse("session_speaker", args=[_undecided(owner).pk]))
    for name, run in (*_finished(owner, first), *_unfinished(owner)):
        yield Page(f"report-{name}", _of(run, "session_detail"))


def _of(run: SessionRun, name: str) -> str:
    return reverse(name, args=[run.session_id])


def _attempts(owner: User) -> tuple[SessionRun, SessionRun]:
    """Two at one talk, the later with its recording and a prompt, a correction beside them."""
    first = attempt(owner, title="Bees on the roof", prompt=PROMPT)
    recording = SimpleUploadedFile(RECORDING.name, RECORDING.read_bytes())
    retake = attempt(
        owner, retake_of=first.session, word_ms=340, title="Bees on the roof, once more",
        prompt=PROMPT, media=recording, media_filename=RECORDING.name,
    )  # fmt: skip
    return first, retake


def _undecided(owner: User) -> PracticeSession:
    return SessionFactory.create(
        owner=owner, title="Two at a table", transcript_text=SPEAKERS, transcript_format="txt"
    )


def _finished(owner: User, earlier: SessionRun) -> Iterator[tuple[str, SessionRun]]:
    read = _finished_run(owner, "Read by an AI", READ_TWICE)
    _resemble(read, earlier)
    yield "read-by-ai", read
    yield "degraded", _finished_run(owner, "Without the AI", WITHOUT_AI)
    yield "draft", _draft(owner)


def _finished_run(owner: User, title: str, output: RefinementOutput) -> SessionRun:
    own = {"refinement": lambda context, check: output}
    return finished_run(session__owner=owner, session__title=title, own=own)


def _draft(owner: User) -> SessionRun:
    """A rough one, where hesitations are possible at most."""
    spoken = replace(SPOKEN, source=TextSource.DRAFT, engine="pocketsphinx")
    possible = tuple(
        replace(each, kind=FindingKind.FILLER, status=FindingStatus.POSSIBLE)
        for each in FOUND.findings
    )
    own: dict[str, Any] = {
        "transcription": lambda context, check: spoken,
        "rules": lambda context, check: replace(FOUND, findings=possible),
    }
    return finished_run(session__owner=owner, session__title="A rough draft", own=own)


def _resemble(run: SessionRun, earlier: SessionRun) -> None:
    here, there = (
        Passage.objects.create(
            run=one, start_word=0, end_word=3, text=f"{one.session.title}, said here",
            start_ms=0, model="m", vector=b"",
        )
        for one in (run, earlier)
    )  # fmt: skip
    SimilarMoment.objects.create(passage=here, earlier=there, similarity=0.9)


def _unfinished(owner: User) -> Iterator[tuple[str, SessionRun]]:
    yield "first-findings", under_review(session__owner=owner, session__title="Being read")
    soon = timezone.now() + timedelta(hours=1)
    states: dict[str, dict[str, Any]] = {
        "queued": {},
        "processing": {
            "state": RunState.PROCESSING, "started_at": timezone.now(), "lease_expires_at": soon,
        },
        "waiting-for-model": {
            "state": RunState.WAITING_FOR_MODEL, "waiting_reason": Outcome.UNAVAILABLE,
            "waiting_since": timezone.now(), "next_try_at": soon,
        },
        "failed": {"state": RunState.FAILED, "problem": Problem.NOT_MEDIA},
        "cancelled": {"state": RunState.CANCELLED},
        "quarantined": {"state": RunState.QUARANTINED, "problem": "quarantined"},
    }  # fmt: skip
    for name, fields in states.items():
        title = name.replace("-", " ").capitalize()
        yield name, RunFactory.create(session__owner=owner, session__title=title, **fields)
