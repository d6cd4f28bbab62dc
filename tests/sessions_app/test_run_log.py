from __future__ import annotations

import logging
from dataclasses import replace

import pytest
from pytest_django import Settings

from sessions_app.coaching.agreement import compare
from sessions_app.stages.outputs import RefinementOutput
from tests.sessions_app.finished import finished_run
from tests.sessions_app.samples import REFINEMENT
from tests.sessions_app.second_reading import SECOND, configure

pytestmark = pytest.mark.django_db


def log(caplog: pytest.LogCaptureFixture, output: RefinementOutput) -> str:
    with caplog.at_level(logging.INFO):
        run = finished_run(own={"refinement": lambda context, check: output})
    lines = [line for line in caplog.messages if str(run.session_id) in line]
    return "\n".join(lines)


def test_says_what_a_run_did_and_why(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    configure(settings)
    told = log(caplog, SECOND)
    assert "refinement started in mode parallel" in told
    assert "stepped down from parallel to sequential, timeout (after 120 s)" in told
    assert (
        "fillers by rules 1, by the model 2, difference 100%: coaching regenerated (beyond)" in told
    )
    assert "ended in mode sequential" in told
    assert "scoring done in" in told


def test_says_that_coaching_was_kept(caplog: pytest.LogCaptureFixture) -> None:
    told = log(caplog, replace(SECOND, agreement=compare(0, 0, 0.2), regenerated=False))
    assert "difference unknown: coaching kept (both_zero)" in told


def test_rules_alone_compare_nothing(caplog: pytest.LogCaptureFixture) -> None:
    told = log(caplog, REFINEMENT)
    assert "refinement started in mode rule_based" in told
    assert "fillers by rules" not in told


def test_words_of_the_talk_stay_out(caplog: pytest.LogCaptureFixture) -> None:
    assert "there." not in log(caplog, SECOND)
