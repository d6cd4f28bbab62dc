"""The talks whose figures may stand beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from accounts_app.models import User
from sessions_app import codec, queries
from sessions_app.past_reports import PastReport
from sessions_app.speech.metrics import FORMULA_VERSION, Metrics
from sessions_app.speech.norms import COMFORTABLE, PaceNorm, pace_norm
from sessions_app.speech.scores import Scores
from sessions_app.stages.outputs import TextSource


@dataclass(frozen=True)
class Talk:
    """A finished talk; `run` is the key of the run whose report it has."""

    key: UUID
    title: str
    created_at: datetime
    kind: str
    target_wpm: int | None
    run: UUID
    metrics: Metrics
    scores: Scores

    @cached_property
    def url(self) -> str:
        return reverse("session_detail", args=[self.key])

    @cached_property
    def numbers(self) -> str:
        """Where each of its numbers is explained, by the anchor of its key."""
        return reverse("session_numbers", args=[self.key])

    @cached_property
    def day(self) -> str:
        return date_format(localtime(self.created_at), "SHORT_DATE_FORMAT")


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
    for past in queries.past_reports(owner, language):
        asked = kind in ("", past.kind)
        if past.source == TextSource.DRAFT:
            drafts += asked
        elif past.formula_version != FORMULA_VERSION:
            outdated += asked
        else:
            comparable.append(_loaded(past))
    return Reported(tuple(comparable), drafts, outdated)


def norm_for(talks: tuple[Talk, ...]) -> PaceNorm:
    """What the pace of all of them is held against: a target they share, else the general norm."""
    targets = {talk.target_wpm for talk in talks}
    return pace_norm(targets.pop()) if len(targets) == 1 else COMFORTABLE


def _loaded(past: PastReport) -> Talk:
    return Talk(
        past.talk,
        past.title,
        past.created_at,
        past.kind,
        past.target_wpm,
        past.run,
        codec.load(Metrics, past.metrics),
        codec.load(Scores, past.scores),
    )
