from __future__ import annotations

import pytest

from ai.errors import (
    EmptyAnswer,
    ModelError,
    QuotaExhausted,
    RateLimited,
    Rejected,
    SpendCapReached,
    TooLong,
    Unavailable,
)
from sessions_app.stages.outputs import Rung, StepDown
from sessions_app.stages.problems import DraftInstead, ModelAway, Problem, StageProblem
from sessions_app.stages.unheard import unheard

FINAL = [QuotaExhausted("x"), Rejected("x"), SpendCapReached("x"), TooLong("x"), EmptyAnswer("x")]


def test_a_model_that_is_away_is_waited_for() -> None:
    errors = [Unavailable("500"), Unavailable("429", 30.0), Unavailable("429", 4.0)]
    stop = unheard(errors, waits=True, language="en")
    assert isinstance(stop, ModelAway)
    assert (stop.reason, stop.retry_after) == ("unavailable", 30.0)


def test_without_a_word_from_the_server_nobody_knows_for_how_long() -> None:
    stop = unheard([Unavailable("500")], waits=True, language="de")
    assert isinstance(stop, ModelAway)
    assert stop.retry_after is None


def test_when_patience_is_over_a_draft_has_to_do() -> None:
    stop = unheard([RateLimited("429")], waits=False, language="en")
    assert isinstance(stop, DraftInstead)
    assert stop.step == StepDown(Rung.API, Rung.DRAFT, "rate_limited", "429")


@pytest.mark.parametrize("error", FINAL)
@pytest.mark.parametrize("waits", [True, False])
def test_nobody_waits_for_an_answer_that_will_not_change(error: ModelError, waits: bool) -> None:
    stop = unheard([Unavailable("500"), error], waits=waits, language="en")
    assert isinstance(stop, DraftInstead)
    assert stop.step == StepDown(Rung.API, Rung.DRAFT, error.outcome, "x")


def test_where_no_draft_can_be_made_the_speaker_is_told() -> None:
    stop = unheard([QuotaExhausted("429 insufficient_quota")], waits=True, language="de")
    assert isinstance(stop, StageProblem)
    assert stop.problem is Problem.TRANSCRIPTION_UNAVAILABLE
    assert stop.detail == "quota_exhausted: 429 insufficient_quota"
