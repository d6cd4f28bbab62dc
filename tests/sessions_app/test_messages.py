from __future__ import annotations

import pytest
from pytest_django import Settings

from sessions_app.messages import (
    QUARANTINED,
    caveat_text,
    over_quota_text,
    problem_text,
    refusal_text,
)
from sessions_app.speech.refusals import Refusal
from sessions_app.stages.outputs import Caveat
from sessions_app.stages.problems import Problem

UNKNOWN_PROBLEM = problem_text("something a later version reports")
UNKNOWN_CAVEAT = caveat_text("something a later version reports")


@pytest.mark.parametrize("code", [*Problem, QUARANTINED])
def test_every_problem_has_a_sentence_of_its_own(code: str) -> None:
    text = problem_text(code)
    assert text != UNKNOWN_PROBLEM
    assert text.endswith(".")
    assert "%(" not in text


@pytest.mark.parametrize("code", list(Caveat))
def test_every_caveat_has_a_sentence_of_its_own(code: Caveat) -> None:
    assert caveat_text(code) != UNKNOWN_CAVEAT


@pytest.mark.parametrize("code", list(Refusal))
def test_every_refusal_has_a_sentence_of_its_own(code: Refusal) -> None:
    assert refusal_text(code) != refusal_text("something a later version refuses")
    assert refusal_text(code).endswith(".")


def test_an_unknown_problem_still_says_what_to_do() -> None:
    assert "Try again" in UNKNOWN_PROBLEM
    assert UNKNOWN_CAVEAT


def test_limits_are_those_of_the_settings(settings: Settings) -> None:
    settings.UPLOAD_MAX_MB = 7
    settings.TALK_MAX_MINUTES = 11
    settings.USER_QUOTA_MB = 13
    assert "7 MB" in problem_text(Problem.TOO_LARGE)
    assert "11 minutes" in problem_text(Problem.TOO_LONG)
    assert "3 MB of your 13 MB" in over_quota_text(3)
