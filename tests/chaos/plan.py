"""How much of it, how hard, and how fast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tests.acceptance.system import FAST

AS_INSTALLED: Final[Mapping[str, str]] = {"LOG_LEVEL": "INFO"}
WHOLE: Final = 200
QUICK: Final = 20
APART: Final = 1.0
"""Seconds between two uploads. With the time that one takes it is about what one worker can bear
that is killed again and again.
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """`hurried`: with the short leases of the acceptance tests instead of the installed ones."""

    seed: int
    sessions: int
    hurried: bool = False

    @property
    def pace(self) -> Mapping[str, str]:
        return FAST if self.hurried else AS_INSTALLED
