"""What is found when it is over, as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from tests.chaos.talks import Talk
from tests.simulator import Asked

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Question:
    """All that was asked with the same words, by the server's log. `answered`: once of use.
    `stretch`: first and last word that were to be read, of verdicts that never came.
    """

    purpose: str
    answered: bool
    stretch: Span | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a report says of itself. `mode` is the rung that wrote it, `source` who wrote the words;
    `reread` the first words of findings that it says the model judged or found.
    """

    state: str
    problem: str
    mode: str = ""
    source: str = ""
    windows: int = 0
    missing: int = 0
    reviewed: bool = False
    caveats: frozenset[str] = frozenset()
    stepped_down: bool = False
    reread: tuple[int, ...] = ()

    @property
    def is_full(self) -> bool:
        """All that a model gives is there, on whichever rung it came."""
        whole = self.mode in {"parallel", "sequential"} and self.reviewed and not self.missing
        return self.state == "completed" and whole


@dataclass(frozen=True, slots=True)
class Batch:
    """`talks` as they are in the database, `told` and `questions` by title. Dollars are those of
    the product's books; `bill` the server's. `given_up`: attempts whose answer nobody waited for
    any more, by the books.
    """

    titles: Sequence[str]
    talks: Sequence[Talk]
    told: Mapping[str, Told]
    questions: Mapping[str, Sequence[Question]]
    log: Sequence[Asked] = field(repr=False)
    dollars: Decimal = Decimal(0)
    bill: Decimal = Decimal(0)
    given_up: int = 0
    seconds: float = 0.0
