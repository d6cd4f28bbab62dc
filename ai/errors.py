"""What can become of a question to a model, named for what the caller does next.

ModelError
├── TryLater             the server may answer another time
│   ├── RateLimited          429; says when to come back
│   ├── ServerFailed         500, 502, 503, 504 …
│   ├── ConnectionFailed     reset, cut off
│   │   └── Unreached            no connection at all: nothing was sent
│   └── TimedOut             nothing complete within the time of one attempt
├── AskAgain             the server answered, and what it said is of no use
│   ├── Truncated            stopped at the length limit
│   ├── Malformed            no JSON, or not of the schema
│   └── EmptyAnswer          200 with nothing in it
├── GiveUp               asking again gives the same
│   ├── Declined             not always: models throw dice, and an address may be of many servers
│   │   ├── Refused              the model declined
│   │   ├── Filtered             the server's content filter
│   │   └── TooLong              does not fit into the model's context
│   ├── OverBudget           more than our own budget ever has in a minute
│   ├── QuotaExhausted       the account has no money left
│   ├── Rejected             key, model or request not accepted (400, 401, 403, 404 …)
│   └── SpendCapReached      our own cap for the day
└── Unavailable          retries, breaker or deadline used up: the model is away for now
"""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """How an attempt ended, as the ledger keeps it."""

    OK = "ok"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    CONNECTION = "connection"
    TIMEOUT = "timeout"
    TRUNCATED = "truncated"
    MALFORMED = "malformed"
    EMPTY = "empty"
    REFUSED = "refused"
    FILTERED = "filtered"
    TOO_LONG = "too_long"
    QUOTA_EXHAUSTED = "quota_exhausted"
    REJECTED = "rejected"
    SPEND_CAP = "spend_cap"
    UNAVAILABLE = "unavailable"
    CANCELLED = "cancelled"  # the caller stopped waiting while the server worked


class ModelError(Exception):
    """`detail` is for staff: never transcript text, never a key."""

    outcome: Outcome

    def __init__(self, detail: str = "") -> None:
        super().__init__(f"{self.outcome}: {detail}" if detail else str(self.outcome))
        self.detail = detail


class TryLater(ModelError):
    """`retry_after` in seconds where the server gave one."""

    outcome = Outcome.SERVER_ERROR

    def __init__(self, detail: str = "", retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class RateLimited(TryLater):
    outcome = Outcome.RATE_LIMITED


class ServerFailed(TryLater):
    outcome = Outcome.SERVER_ERROR


class ConnectionFailed(TryLater):
    outcome = Outcome.CONNECTION


class Unreached(ConnectionFailed):
    """Refused, unknown host, no answer to the knock."""


class TimedOut(TryLater):
    outcome = Outcome.TIMEOUT


class AskAgain(ModelError):
    outcome = Outcome.MALFORMED


class Truncated(AskAgain):
    outcome = Outcome.TRUNCATED


class Malformed(AskAgain):
    outcome = Outcome.MALFORMED


class EmptyAnswer(AskAgain):
    outcome = Outcome.EMPTY


class GiveUp(ModelError):
    outcome = Outcome.REJECTED


class Declined(GiveUp):
    """Final only when it was said several times."""


class Refused(Declined):
    outcome = Outcome.REFUSED


class Filtered(Declined):
    outcome = Outcome.FILTERED


class TooLong(Declined):
    outcome = Outcome.TOO_LONG


class OverBudget(GiveUp):
    outcome = Outcome.TOO_LONG


class QuotaExhausted(GiveUp):
    outcome = Outcome.QUOTA_EXHAUSTED


class Rejected(GiveUp):
    outcome = Outcome.REJECTED


class SpendCapReached(GiveUp):
    outcome = Outcome.SPEND_CAP


class Unavailable(TryLater):
    """`cause` is the outcome that used up the patience, where there was one."""

    outcome = Outcome.UNAVAILABLE
