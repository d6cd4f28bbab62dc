from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from ai.errors import (
    AskAgain,
    Declined,
    EmptyAnswer,
    Filtered,
    GiveUp,
    ModelError,
    QuotaExhausted,
    RateLimited,
    Refused,
    ServerFailed,
    SpendCapReached,
    TimedOut,
    TooLong,
    Truncated,
    TryLater,
    Unavailable,
)
from ai.retry import (
    MAX_ATTEMPTS,
    MAX_BACKOFF_SECONDS,
    MAX_USELESS,
    SendAgain,
    Stop,
    Tries,
    backoff,
    decide,
)

waits = st.none() | st.floats(0, 1000)
laters = st.builds(
    lambda kind, wait: kind("x", wait),
    st.sampled_from([RateLimited, ServerFailed, TimedOut]),
    waits,
)
errors = laters | st.sampled_from(
    [Truncated(), EmptyAnswer(), Refused(), SpendCapReached(), Unavailable()]
)
attempts = st.integers(1, MAX_ATTEMPTS + 2)
remaining = st.floats(0, 2000)
jitter = st.floats(0, 1, exclude_max=True)


@given(laters, attempts, remaining, jitter)
def test_retry_after_is_the_least_wait(
    error: TryLater, number: int, left: float, draw: float
) -> None:
    step = decide(error, Tries(number), left, draw)
    if isinstance(step, SendAgain):
        assert step.seconds >= (error.retry_after or 0)
        assert step.seconds <= (error.retry_after or 0) + MAX_BACKOFF_SECONDS


@given(errors, attempts, remaining, jitter)
def test_nobody_waits_beyond_the_deadline(
    error: ModelError, number: int, left: float, draw: float
) -> None:
    step = decide(error, Tries(number), left, draw)
    assert isinstance(step, Stop) or step.seconds < left or step.seconds == 0


@given(laters, remaining, jitter, st.integers(MAX_ATTEMPTS, 100))
def test_patience_used_up_is_unavailable(
    error: TryLater, left: float, draw: float, number: int
) -> None:
    step = decide(error, Tries(number), left, draw)
    assert isinstance(step, Stop)
    assert isinstance(step.error, Unavailable)
    assert step.error.retry_after == error.retry_after


@given(st.lists(errors, min_size=50, max_size=50), jitter)
def test_every_series_of_errors_ends(series: list[ModelError], draw: float) -> None:
    tries = Tries()
    for error in series:
        step = decide(error, tries, 10_000, draw)
        if isinstance(step, Stop):
            break
        tries = tries.after(error)
    assert isinstance(step, Stop)
    assert tries.attempts <= MAX_ATTEMPTS


useless = st.sampled_from([Truncated(), EmptyAnswer(), Refused(), Filtered(), TooLong()])


@given(useless, jitter)
def test_answers_of_no_use_are_met_by_asking_again_at_once_a_few_times(
    error: AskAgain | Declined, draw: float
) -> None:
    for already in range(MAX_USELESS - 1):
        assert decide(error, Tries(already + 1, already), 10, draw) == SendAgain(0)
    assert decide(error, Tries(MAX_USELESS, MAX_USELESS - 1), 10, draw) == Stop(error)


@given(useless, useless)
def test_answers_of_no_use_are_remembered_over_other_failures(
    first: ModelError, second: ModelError
) -> None:
    tries = Tries().after(first).after(ServerFailed()).after(second)
    assert decide(first, tries, 10, 0.5) == Stop(first)


def test_a_failure_in_between_does_not_use_up_asking_again() -> None:
    tries = Tries().after(ServerFailed()).after(TimedOut())
    assert decide(Truncated(), tries, 10, 0.5) == SendAgain(0)


@given(st.sampled_from([QuotaExhausted(), SpendCapReached()]), attempts, jitter)
def test_what_stays_ends_at_once(error: GiveUp, number: int, draw: float) -> None:
    assert decide(error, Tries(number), 100, draw) == Stop(error)


def test_an_open_breaker_is_not_waited_for() -> None:
    error = Unavailable("open", 1.0)
    assert decide(error, Tries(), 100, 0.5) == Stop(error)


@given(st.integers(1, 50), jitter, jitter)
def test_backoff_grows_with_attempts_and_with_the_draw(
    number: int, draw: float, other: float
) -> None:
    assume(draw <= other)
    assert 0 <= backoff(number, draw) <= backoff(number, other)
    assert backoff(number, draw) <= backoff(number + 1, draw) <= MAX_BACKOFF_SECONDS
