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
KEPT: Final = "kept"
REFUSED: Final = "refused, says why"


def judge(found: Evidence, struck: Sequence[Struck]) -> list[Check]:
    return [*(check for each in struck for check in of(each)), *judging.judge(found)]


def of(struck: Struck) -> Iterator[Check]:
    yield Check(
        f"{struck.fault}: an upload meanwhile",
        _told(struck),
        "kept, or refused and says why",
        _told(struck) in {KEPT, REFUSED},
    )
    found = struck.under_way
    yield Check(f"{struck.fault}: runs under way when it came", str(found), "> 0", found > 0)
    felt = len(struck.problems) + struck.waiting + (not struck.is_stored)
    yield Check(f"{struck.fault}: uploads and runs that met it", str(felt), "> 0", felt > 0)
    readable = "yes" if struck.is_readable else "no"
    yield Check(f"{struck.fault}: earlier reports are read", readable, "yes", struck.is_readable)
    other = sum(problem != Problem.STORAGE for problem in struck.problems)
    name = f"{struck.fault}: of {len(struck.problems)} failed runs those that give another reason"
    yield at_most(name, other, 0)
    name = f"{struck.fault}: runs that could neither go on nor end, until it was over"
    yield Check(name, str(struck.waiting), "any", True)
    name = f"{struck.fault}: all reports there, after a try again, within"
    if struck.seconds is None:
        yield Check(name, "never", f"≤ {RECOVERY_SECONDS:g} s", False)
    else:
        yield at_most(name, struck.seconds, RECOVERY_SECONDS, " s")


def _told(struck: Struck) -> str:
    says = REASON in struck.answer
    if struck.is_stored:
        return f"{KEPT}, and the page says it was not" if says else KEPT
    return REFUSED if says else "refused, does not say why"
