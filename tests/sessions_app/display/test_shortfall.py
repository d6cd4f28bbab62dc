from __future__ import annotations

from dataclasses import replace

from ai.errors import Outcome
from sessions_app.display.shortfall import shortfall
from sessions_app.stages.outputs import Rung, StepDown
from tests.sessions_app.display.test_plain import REPORT

SLOW = StepDown(Rung.PARALLEL, Rung.SEQUENTIAL, "limit")


def test_a_report_that_took_the_slower_way_lacks_nothing() -> None:
    assert shortfall(REPORT) is None
    assert shortfall(replace(REPORT, steps_down=(SLOW,))) is None


def test_a_report_by_rules_alone_says_what_is_missing_why_and_what_to_do() -> None:
    last = StepDown(Rung.SEQUENTIAL, Rung.RULE_BASED, Outcome.SPEND_CAP)
    found = shortfall(replace(REPORT, steps_down=(SLOW, last)))
    assert found is not None
    assert "review of the content" in found.missing
    assert "used up" in found.reason
    assert "tomorrow" in found.advice


def test_a_draft_lacks_the_words_first_of_all() -> None:
    draft = StepDown(Rung.API, Rung.DRAFT, Outcome.UNAVAILABLE)
    found = shortfall(replace(REPORT, steps_down=(draft,)))
    assert found is not None
    assert "your exact words" in found.missing
