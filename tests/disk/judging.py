"""What a full disk may do, held against what it did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.html import escape

from sessions_app.messages import problem_text
from sessions_app.stages.problems import Problem
from tests.chaos import judging
from tests.chaos.check import Check, at_most
from tests.chaos.evidence import Evidence
from tests.chaos.judging import RECOVERY_SECONDS
from tests.disk.evidence import Struck

REASON: Final = escape(str(problem_text(Problem.STORAGE)))


def judge(found: Evidence, struck: Sequence[Struck]) -> list[Check]:
    return [*(check for each in struck for check in of(each)), *judging.judge(found)]


def of(struck: Struck) -> Iterator[Check]:
    told = "kept" if struck.is_stored else "refused"
    says = REASON in struck.answer
    yield Check(
        f"{struck.fault}: an upload meanwhile",
        f"{told}, {'says' if says else 'does not say'} why",
        "kept, or refused and says why",
        struck.is_stored or says,
    )
    readable = "yes" if struck.is_readable else "no"
    yield Check(f"{struck.fault}: earlier reports are read", readable, "yes", struck.is_readable)
    other = sum(problem != Problem.STORAGE for problem in struck.problems)
    name = f"{struck.fault}: of {len(struck.problems)} failed runs those that give another reason"
    yield at_most(name, other, 0)
    name = f"{struck.fault}: all reports there, after a try again, within"
    if struck.seconds is None:
        yield Check(name, "never", f"≤ {RECOVERY_SECONDS:g} s", False)
    else:
        yield at_most(name, struck.seconds, RECOVERY_SECONDS, " s")
