from __future__ import annotations

import pytest

from ai.errors import Outcome
from sessions_app.reasons import LIMIT, reason

UNKNOWN = reason("something a later version reports")


@pytest.mark.parametrize("code", [*(one for one in Outcome if one is not Outcome.OK), LIMIT])
def test_every_outcome_that_can_end_a_rung_has_its_sentences(code: str) -> None:
    found = reason(code)
    assert found.happened != UNKNOWN.happened
    for sentence in (found.happened, found.advice, found.staff):
        assert not sentence or sentence.endswith((".", ")."))


def test_no_two_outcomes_are_told_alike() -> None:
    told = [reason(code).happened for code in [*Outcome, LIMIT] if code != Outcome.OK]
    assert len(told) == len(set(told))


def test_an_unknown_reason_still_says_what_to_do() -> None:
    assert UNKNOWN.advice


@pytest.mark.parametrize("code", [Outcome.QUOTA_EXHAUSTED, Outcome.REJECTED])
def test_what_only_the_operator_can_mend_is_not_put_on_the_owner(code: Outcome) -> None:
    assert "whoever runs this server" in reason(code).advice
    assert reason(code).staff


def test_a_used_up_allowance_says_when_there_is_another() -> None:
    assert "tomorrow" in reason(Outcome.SPEND_CAP).advice
    assert "AI_DAILY_USD" in reason(Outcome.SPEND_CAP).staff
