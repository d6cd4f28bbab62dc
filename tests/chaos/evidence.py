"""What is found when it is over, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tests.chaos.answers import Answer
from tests.chaos.deaths import Death
from tests.chaos.kills import Kill
from tests.chaos.talks import Talk


@dataclass(frozen=True, slots=True)
class Books:
    """The product's own. `usd` of all calls; `paid` calls with a cost above 0; `paid_again` though
    the answer to the very same was kept; `heard` recordings sent, by run.
    """

    usd: Decimal
    paid: int
    paid_again: int
    heard: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Recovery:
    """`seconds` until each of the `pending` runs was being worked on, or had ended."""

    fault: str
    pending: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """`acknowledged` titles of talks; `bill` in US dollars; `quarantine` deaths in a row that put
    a run there; `seconds` from the first upload until all was over; `recoveries` from outages.
    """

    acknowledged: Sequence[str]
    unanswered: int
    talks: Sequence[Talk]
    kills: Sequence[Kill]
    deaths: Sequence[Death]
    answers: Sequence[Answer]
    bill: Decimal
    books: Books
    quarantine: int
    seconds: float
    recoveries: Sequence[Recovery] = ()
