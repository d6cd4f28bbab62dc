import asyncio
import logging

import pytest

from ai.errors import Malformed, Refused, Unavailable
from sessions_app.coaching.ladder import Climb, Level, climb, coach_again
from tests.sessions_app.coaching.model import (
    HANG,
    SENTENCE,
    Model,
    a_coaching,
    an_assignment,
    rejecting,
    verdicts,
)

ASSIGNMENT = an_assignment()


def climbed(model: Model, *, in_parallel: bool = True) -> Climb:
    return asyncio.run(climb(ASSIGNMENT, model, in_parallel=in_parallel))


def test_counts_that_agree_keep_the_coaching() -> None:
    result = climbed(model := Model()).refined
    assert result is not None
    assert (result.level, result.regenerated) == (Level.PARALLEL, False)
    assert result.agreement is not None
    assert result.agreement.rule == result.agreement.ai == 80
    assert (result.windows, result.missing) == (2, 0)
    assert result.review is not None
    assert model.count("coaching_again") == 0


def test_counts_that_disagree_have_it_written_anew() -> None:
    result = climbed(Model(verdicts=rejecting(ASSIGNMENT, "you know"))).refined
    assert result is not None
    assert result.regenerated
    assert result.coaching.summary == "Written again."
    assert result.agreement is not None
    assert (result.agreement.rule, result.agreement.ai) == (80, 60)


def test_coaching_counts_as_regenerated_whatever_became_of_the_first() -> None:
    for first in (HANG, Malformed("no JSON"), a_coaching()):
        says = {"verdicts": rejecting(ASSIGNMENT, "you know"), "coaching": first}
        result = climbed(model := Model(**says))
        assert result.falls == ()
        assert result.refined is not None
        assert (result.refined.level, result.refined.regenerated) == (Level.PARALLEL, True)
        assert result.refined.coaching.summary == "Written again."
        assert (model.count("coaching"), model.count("coaching_again")) == (1, 1)


def test_the_only_coaching_there_was_is_no_regeneration() -> None:
    says = {"coaching": Malformed(), "coaching_again": [Malformed(), a_coaching()]}
    result = climbed(Model(verdicts=rejecting(ASSIGNMENT, "you know"), **says)).refined
    assert result is not None
    assert (result.level, result.regenerated) == (Level.SEQUENTIAL, False)


def test_kept_coaching_has_the_goal_of_the_validated_talk() -> None:
    some = an_assignment(SENTENCE * 12 + "Well, it was, you know, quiet.", threshold=0.9)
    model = Model(verdicts=rejecting(some, "you know"))
    result = asyncio.run(climb(some, model, in_parallel=True)).refined
    assert result is not None
    assert not result.regenerated
    assert result.read is not None
    assert result.coaching.goal is not None
    now = some.measured(result.read.findings).metrics.fillers_per_minute
    assert now is not None
    assert result.coaching.goal.value == pytest.approx(0.75 * now, abs=0.1)


def test_without_the_flag_it_starts_on_the_second_rung_and_that_is_no_fall() -> None:
    result = climbed(model := Model(), in_parallel=False)
    assert result.falls == ()
    assert result.refined is not None
    assert (result.refined.level, result.refined.regenerated) == (Level.SEQUENTIAL, False)
    assert result.refined.agreement is not None
    assert model.count("coaching") == 0


def test_what_came_on_the_first_rung_is_not_asked_on_the_second() -> None:
    model = Model(coaching=Malformed("no JSON"))
    result = climbed(model)
    assert result.refined is not None
    assert result.refined.level is Level.SEQUENTIAL
    assert [(fall.left, fall.entered, fall.failure.reason) for fall in result.falls] == [
        (Level.PARALLEL, Level.SEQUENTIAL, "malformed")
    ]
    counts = [model.count(purpose) for purpose in ("verdicts", "review", "coaching")]
    assert counts == [len(ASSIGNMENT.windows), 1, 1]
    assert model.count("coaching_again") == 1


def test_coaching_from_the_first_rung_is_kept_on_the_second() -> None:
    model = Model(verdicts=[Unavailable(), Unavailable(), verdicts()])
    result = climbed(model).refined
    assert result is not None
    assert result.level is Level.SEQUENTIAL
    assert result.coaching.summary == "A talk to build on."
    assert (model.count("coaching"), model.count("coaching_again")) == (1, 0)


def test_a_stall_leads_to_the_second_rung_by_the_limit() -> None:
    assignment = an_assignment(seconds={"parallel": 0.2})
    result = asyncio.run(climb(assignment, Model(coaching=HANG), in_parallel=True))
    assert result.refined is not None
    assert [fall.failure.reason for fall in result.falls] == ["limit"]


def test_a_regeneration_that_fails_leads_to_the_second_rung() -> None:
    model = Model(
        verdicts=rejecting(ASSIGNMENT, "you know"), coaching_again=[Malformed(), a_coaching()]
    )
    result = climbed(model)
    assert result.refined is not None
    assert (result.refined.level, result.refined.regenerated) == (Level.SEQUENTIAL, True)
    assert model.count("coaching") == 1


def test_without_the_model_nothing_holds_and_every_fall_is_told() -> None:
    gone = Unavailable("gone", 9.0)
    model = Model(verdicts=gone, review=gone, coaching=gone)
    result = climbed(model)
    assert result.refined is None
    assert [(fall.left, fall.entered) for fall in result.falls] == [
        (Level.PARALLEL, Level.SEQUENTIAL),
        (Level.SEQUENTIAL, Level.RULE_BASED),
    ]
    assert all(fall.failure.away for fall in result.falls)
    assert result.falls[-1].failure.retry_after == 9.0


def test_a_model_that_is_away_is_not_asked_on_a_lower_rung_by_the_patient() -> None:
    gone = Unavailable("gone", 9.0)
    model = Model(coaching=gone)
    result = asyncio.run(climb(ASSIGNMENT, model, in_parallel=True, patient=True))
    assert result.refined is None
    (fall,) = result.falls
    assert (fall.failure.away, fall.failure.retry_after) == (True, 9.0)
    assert model.count("coaching_again") == 0


def test_the_patient_come_back_for_a_part_that_is_away() -> None:
    model = Model(review=Unavailable("gone", 9.0))
    result = asyncio.run(climb(ASSIGNMENT, model, in_parallel=True, patient=True))
    assert result.refined is None
    assert [fall.failure.away for fall in result.falls] == [True]


def test_a_review_or_a_window_alone_is_no_reason_to_fall() -> None:
    result = climbed(Model(review=Refused(), verdicts=[Refused(), verdicts()]))
    assert result.falls == ()
    assert result.refined is not None
    assert (result.refined.review, result.refined.missing) == (None, 1)


def test_coaching_alone_asks_for_nothing_else() -> None:
    result = asyncio.run(coach_again(ASSIGNMENT, model := Model()))
    assert result.refined is not None
    assert result.refined.read is None
    assert [question.purpose for question in model.asked] == ["coaching_again"]


def test_coaching_alone_that_fails_is_a_fall() -> None:
    result = asyncio.run(coach_again(ASSIGNMENT, Model(coaching_again=Refused("no"))))
    assert result.refined is None
    (fall,) = result.falls
    assert (fall.left, fall.entered) == (Level.SEQUENTIAL, Level.RULE_BASED)
    assert fall.failure.reason == "refused"


def test_the_log_tells_the_mode_the_counts_and_why(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    climbed(Model(verdicts=rejecting(ASSIGNMENT, "you know"), review=Refused("no")))
    told = caplog.text
    assert "session a-session: parallel started" in told
    assert (
        "session a-session: fillers by rules 80, after review 60, difference 25% (beyond): "
        "coaching written from validated findings" in told
    )
    assert "session a-session: no content review: refused no" in told
    assert "walked" not in told


def test_the_log_tells_why_a_rung_was_left(caplog: pytest.LogCaptureFixture) -> None:
    climbed(Model(coaching=Unavailable("breaker is open")))
    assert ": unavailable breaker is open" in caplog.text
