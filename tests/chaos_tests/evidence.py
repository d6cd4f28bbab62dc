"""Evidence of a trial in which nothing went wrong, for tests to spoil."""

from __future__ import annotations

import uuid
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from tests.chaos.answers import Answer
from tests.chaos.deaths import Death
from tests.chaos.evidence import Books, Evidence
from tests.chaos.kills import Kill, Kind
from tests.chaos.talks import Report, Talk

RUN: Final = uuid.UUID(int=1)
ROWS: Final = ("media", "transcription", "filler um 3-4", "words", "metrics", "end")
REPORT: Final = Report(RUN, "completed", "", degraded=False, rows=ROWS)
TALK: Final = Talk("Talk 0, try 1", is_shown=True, reports=(REPORT,))
ANSWER: Final = Answer("a", "coaching", 100.0, 101.0, Decimal("0.02"), complete=True)
SOUND: Final = Evidence(
    acknowledged=[TALK.title],
    unanswered=0,
    talks=[TALK],
    kills=[Kill(50.0, Kind.JOB)],
    deaths=[Death(RUN, 50.0, 1, restarted_at=70.0)],
    answers=[ANSWER],
    bill=Decimal("0.02"),
    books=Books(Decimal("0.02"), paid=1, paid_again=0, heard=(1,)),
    quarantine=3,
    seconds=100.0,
)


def with_report(**changes: Any) -> Evidence:
    """Sound but for the one report."""
    return replace(SOUND, talks=[replace(TALK, reports=(replace(REPORT, **changes),))])
