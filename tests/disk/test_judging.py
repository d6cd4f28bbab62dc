from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.disk.evidence import Struck
from tests.disk.judging import REASON, of

GOOD = Struck(
    fault="Disk full",
    under_way=3,
    waiting=0,
    answer=f"<p>{REASON}</p>",
    is_stored=False,
    is_readable=True,
    problems=("storage", "storage"),
    seconds=4.0,
)


def test_a_refusal_that_says_why_and_a_try_again_that_works_hold() -> None:
    assert all(check.holds for check in of(GOOD))
    assert all(check.holds for check in of(replace(GOOD, answer="", is_stored=True)))


def test_a_run_that_could_not_even_say_that_it_failed_has_met_it() -> None:
    waiting = replace(GOOD, answer="", is_stored=True, problems=(), waiting=1)
    assert all(check.holds for check in of(waiting))


@pytest.mark.parametrize(
    "change",
    [
        {"under_way": 0},
        {"answer": "Something went wrong."},
        {"is_stored": True},
        {"is_stored": True, "answer": "", "problems": ()},
        {"is_readable": False},
        {"problems": ("storage", "decoder_limit")},
        {"seconds": None},
        {"seconds": 61.0},
    ],
)
def test_one_claim_that_does_not_hold_is_told(change: dict[str, Any]) -> None:
    assert [check.holds for check in of(replace(GOOD, **change))].count(False) == 1
