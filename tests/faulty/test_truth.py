from __future__ import annotations

from dataclasses import replace

import pytest

from tests.faulty.evidence import Question, Told
from tests.faulty.truth import lies

ANSWERED = [
    Question("verdicts", answered=True),
    Question("verdicts", answered=True),
    Question("review", answered=True),
    Question("coaching", answered=True),
]
FULL = Told("completed", "", "parallel", "own", windows=2, reviewed=True, reread=(3, 290))
UNREAD = Question("verdicts", answered=False, stretch=(250, 499))
PARTLY = [ANSWERED[0], UNREAD, *ANSWERED[2:]]
BY_RULES = Told("completed", "", "rule_based", "own", stepped_down=True)


def test_an_honest_report_has_no_lies() -> None:
    honest = replace(FULL, missing=1, caveats=frozenset({"windows_missing"}), reread=(3,))
    assert lies(FULL, ANSWERED) == []
    assert lies(honest, PARTLY) == []
    assert lies(BY_RULES, [replace(each, answered=False) for each in ANSWERED]) == []


@pytest.mark.parametrize(
    ("told", "questions"),
    [
        (FULL, PARTLY),
        (replace(FULL, reviewed=False), ANSWERED),
        (FULL, [*ANSWERED[:2], Question("review", answered=False), ANSWERED[3]]),
        (FULL, ANSWERED[:3]),
        (replace(FULL, missing=1, caveats=frozenset({"windows_missing"})), PARTLY),
        (BY_RULES, ANSWERED),
        (replace(BY_RULES, stepped_down=False), []),
        (replace(FULL, source="api"), [*ANSWERED, Question("transcription", answered=False)]),
        (Told("failed", ""), []),
    ],
)
def test_what_did_not_happen_is_found(told: Told, questions: list[Question]) -> None:
    assert lies(told, questions)


def test_full_is_what_has_all_its_parts() -> None:
    assert FULL.is_full
    assert replace(FULL, mode="sequential").is_full
    for less in ({"missing": 1}, {"reviewed": False}, {"mode": "rule_based"}, {"state": "failed"}):
        assert not replace(FULL, **less).is_full
