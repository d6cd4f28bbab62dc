"""The talks whose figures may stand beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from accounts_app.models import User
from sessions_app import codec, queries
from sessions_app.models import PracticeSession, RunMetrics
from sessions_app.speech.metrics import FORMULA_VERSION, Metrics
from sessions_app.speech.norms import COMFORTABLE, PaceNorm, pace_norm
from sessions_app.speech.scores import Scores
from sessions_app.stages.outputs import TextSource


@dataclass(frozen=True)
class Talk:
    session: PracticeSession
    metrics: Metrics
    scores: Scores

    @cached_property
    def url(self) -> str:
        return self.session.get_absolute_url()

    @cached_property
    def numbers(self) -> str:
        """Where each of its numbers is explained, by the anchor of its key."""
        return reverse("session_numbers", args=[self.session.pk])


@dataclass(frozen=True, slots=True)
class Reported:
    """`talks` in one language with exact words, measured by today's formulas, oldest first.

    How many were left out: `drafts`, whose words are not exact enough, and `outdated` ones.
    """

    talks: tuple[Talk, ...]
    drafts: int
    outdated: int


def reported(owner: User, language: str, kind: str = "") -> Reported:
    """`talks` are of every kind: what is usual for a speaker is taken of them all, as in reports.
    What was left out is counted for `kind` alone, where one is given.
    """
    comparable = list[Talk]()
    drafts = outdated = 0
    for session in queries.reported_talks(owner, language):
        asked = kind in ("", session.kind)
        stored = _stored(session)
        if _is_draft(session):
            drafts += asked
        elif stored.formula_version != FORMULA_VERSION:
            outdated += asked
        else:
            comparable.append(_loaded(session, stored))
    return Reported(tuple(comparable), drafts, outdated)


def norm_for(talks: tuple[Talk, ...]) -> PaceNorm:
    """What the pace of all of them is held against: a target they share, else the general norm."""
    targets = {talk.session.target_wpm for talk in talks}
    return pace_norm(targets.pop()) if len(targets) == 1 else COMFORTABLE


def _stored(session: PracticeSession) -> RunMetrics:
    assert session.current_run is not None
    return session.current_run.metrics


def _is_draft(session: PracticeSession) -> bool:
    run = session.current_run
    return bool(run and run.transcript and run.transcript.source == TextSource.DRAFT)


def _loaded(session: PracticeSession, stored: RunMetrics) -> Talk:
    return Talk(session, codec.load(Metrics, stored.metrics), codec.load(Scores, stored.scores))
