"""What a degraded report lacks, why, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sessions_app.reasons import reason
from sessions_app.report import Report
from sessions_app.stages.outputs import Rung


@dataclass(frozen=True, slots=True)
class Shortfall:
    missing: str
    reason: str
    advice: str


def shortfall(report: Report) -> Shortfall | None:
    """`None` for a report that has all its parts, whichever way they were made."""
    lasting = [step for step in report.steps_down if step.entered in _MISSING]
    if not lasting:
        return None
    first = lasting[0]  # what came later is in its wake
    why = reason(first.reason)
    return Shortfall(_missing_text(first.entered), why.happened, why.advice)


_MISSING = (Rung.DRAFT, Rung.RULE_BASED)


def _missing_text(entered: Rung) -> str:
    if entered is Rung.DRAFT:
        return _(
            "This report lacks your exact words, and so filler counts and the AI's reading: it is "
            "made from a rough draft."
        )
    return _(
        "This report lacks the AI's second look at your fillers, its review of the content and "
        "its coaching: it was made by rules alone."
    )
