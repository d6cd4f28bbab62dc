from __future__ import annotations

from dataclasses import replace

from sessions_app.display.facts import coaching_source, mode_text
from sessions_app.report import Report
from sessions_app.stages.outputs import Mode, WindowFacts
from tests.sessions_app.display.test_plain import REPORT


def sequential(windows: WindowFacts | None) -> Report:
    return replace(REPORT, mode=Mode.SEQUENTIAL, windows=windows)


def test_coaching_after_a_second_reading_says_so() -> None:
    report = sequential(WindowFacts(1, 0, 0, 0))
    assert "after the AI's second reading" in coaching_source(report, "some-model")
    assert mode_text(report) == "AI analysis, then coaching"


def test_words_of_which_every_call_was_lost_were_read_by_rules() -> None:
    report = sequential(WindowFacts(1, 1, 0, 0))
    assert "from the findings of the rules" in coaching_source(report, "some-model")
    assert mode_text(report) == "Words read by rules, coaching by AI"


def test_new_coaching_alone_for_a_report_by_rules_claims_no_second_reading() -> None:
    report = sequential(None)
    assert "from the findings of the rules" in coaching_source(report, "some-model")
    assert mode_text(report) == "Words read by rules, coaching by AI"
