"""Whether to send again, and when: a decision apart from carrying it out."""

from __future__ import annotations

from dataclasses import dataclass

from ai.errors import AskAgain, Declined, ModelError, TryLater, Unavailable

MAX_ATTEMPTS = 6
MAX_USELESS = 3
"""Answers of no use to one question. Where a tenth of all answers are, two in a row would leave a
hole in one of thirty talks, and three in one of three hundred; most never pay for a second.
"""
FIRST_BACKOFF_SECONDS = 0.5
MAX_BACKOFF_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class SendAgain:
    """In so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Stop:
    """`error` is what the caller hears."""

    error: ModelError


@dataclass(frozen=True, slots=True)
class Tries:
    """What has been tried. `useless`: answers that were of no use."""

    attempts: int = 1
    useless: int = 0

    def after(self, error: ModelError) -> Tries:
        return Tries(self.attempts + 1, self.useless + isinstance(error, AskAgain | Declined))


def decide(error: ModelError, tries: Tries, remaining: float, jitter: float) -> SendAgain | Stop:
    """`remaining` seconds of the deadline; `jitter` from 0 to 1, drawn anew each time."""
    match error:
        case Unavailable():
            return Stop(error)
        case TryLater():
            return _later(error, tries, remaining, jitter)
        case AskAgain() | Declined() if (
            tries.useless + 1 < MAX_USELESS and tries.attempts < MAX_ATTEMPTS
        ):
            return SendAgain(0.0)
        case _:
            return Stop(error)


def _later(error: TryLater, tries: Tries, remaining: float, jitter: float) -> SendAgain | Stop:
    seconds = (error.retry_after or 0.0) + backoff(tries.attempts, jitter)
    if tries.attempts >= MAX_ATTEMPTS or seconds >= remaining:
        return Stop(Unavailable(str(error), error.retry_after))
    return SendAgain(seconds)


def backoff(attempts: int, jitter: float) -> float:
    """Seconds, exponential with full jitter: those who failed together come back apart.

    https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
    """
    return jitter * min(MAX_BACKOFF_SECONDS, FIRST_BACKOFF_SECONDS * 2.0 ** (attempts - 1))
