"""The page of all attempts at one talk: this one beside an earlier one, passage by passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sessions_app import queries
from sessions_app.display.attempts import is_draft, why_incomparable
from sessions_app.display.retake import Attempt, RetakeCard, retake_card
from sessions_app.display.retake_passages import Passages, passages
from sessions_app.models import PracticeSession


@dataclass(frozen=True, slots=True)
class AttemptsPage:
    """`others` are the earlier attempts this one can be put beside, `chosen` the one it is beside.

    `why_not` says why their passages are not compared.
    """

    card: RetakeCard
    others: tuple[Attempt, ...]
    chosen: Attempt | None
    passages: Passages | None
    why_not: str


def attempts_page(session: PracticeSession, beside: str) -> AttemptsPage | None:
    """`beside` is the key of an earlier attempt; any other text means the last before this whose
    passages can be compared, or the one before where there is none.

    `None` for a talk that was tried once.
    """
    card = retake_card(session, ())
    if card is None:
        return None
    others = card.attempts[: card.number - 1]
    this = card.attempts[card.number - 1].session
    chosen = _chosen(others, beside) or _nearest(others, this)
    why_not = _why_not(chosen.session, this) if chosen else ""
    found = _passages(chosen.session, this) if chosen and not why_not else None
    return AttemptsPage(card, others, chosen, found, why_not)


def _chosen(others: Sequence[Attempt], beside: str) -> Attempt | None:
    return next((each for each in others if str(each.session.pk) == beside), None)


def _nearest(others: Sequence[Attempt], this: PracticeSession) -> Attempt | None:
    last = others[-1] if others else None
    return next((each for each in reversed(others) if not _why_not(each.session, this)), last)


def _why_not(then: PracticeSession, now: PracticeSession) -> str:
    why_not = why_incomparable(then, now)
    if not why_not and (is_draft(then) or is_draft(now)):
        return _(
            "The words of one of the two are a rough draft, so that their passages cannot be "
            "found in each other. The measures that come from the sound are on the report."
        )
    return why_not


def _passages(then: PracticeSession, now: PracticeSession) -> Passages | None:
    reports = []
    for attempt in (then, now):
        run = attempt.current_run
        assert run is not None
        run.session = attempt
        reports.append(queries.report(run))
    before, after = reports
    return passages(before, after) if before and after else None
