import asyncio

import pytest

from ai.errors import Malformed, ModelError, RateLimited, Refused, Unavailable
from ai.questions import Deadline
from sessions_app.coaching.failure import LIMIT, Failure, outcome_of, worst


def outcome(error: BaseException | None, seconds: float = 20) -> object:
    async def work() -> str:
        if error is not None:
            raise error
        return "said"

    return asyncio.run(outcome_of(work(), Deadline.after(seconds)))


def test_what_came_is_handed_on() -> None:
    assert outcome(None) == "said"


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (Unavailable("cut", 7.0), Failure("unavailable", "cut", away=True, retry_after=7.0)),
        (RateLimited("", 3.0), Failure("rate_limited", away=True, retry_after=3.0)),
        (Malformed("no JSON"), Failure("malformed", "no JSON")),
        (Refused("declined"), Failure("refused", "declined", final=True)),
    ],
)
def test_every_error_of_a_model_is_an_outcome(error: ModelError, failure: Failure) -> None:
    assert outcome(error) == failure


def test_a_model_away_at_the_end_of_its_time_ran_out_of_time() -> None:
    result = outcome(Unavailable("cut"), seconds=0)
    assert isinstance(result, Failure)
    assert (result.reason, result.away) == (LIMIT, False)


def test_what_never_ends_is_ended() -> None:
    async def work() -> None:
        await asyncio.Event().wait()

    result = asyncio.run(outcome_of(work(), Deadline.after(0)))
    assert isinstance(result, Failure)
    assert result.reason == LIMIT


def test_other_errors_pass() -> None:
    with pytest.raises(ZeroDivisionError):
        outcome(ZeroDivisionError())


def test_the_worst_says_most_about_what_to_do_next() -> None:
    refused, away = Failure("refused", final=True), Failure("unavailable", away=True)
    late = Failure(LIMIT)
    assert worst([refused, away, late]) is late
    assert worst([refused, away]) is away
    assert worst([refused]) is refused
    assert worst([]) is None
