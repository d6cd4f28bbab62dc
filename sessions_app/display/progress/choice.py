"""Which talks the progress page is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

DEFAULT_TALKS = 30
MOST_TALKS = 100
"""Points of a chart; more could not be told apart."""


@dataclass(frozen=True, slots=True)
class ProgressChoice:
    """The newest `last` talks in `language`, not before the day `since`. No `kind`: of any."""

    language: str
    kind: str = ""
    last: int = DEFAULT_TALKS
    since: date | None = None
