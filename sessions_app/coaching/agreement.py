"""Do two readings of a talk agree on how many fillers it has?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Grounds(StrEnum):
    """Why coaching is kept or written anew."""

    ALWAYS = "always"  # a threshold of 0 asks for it every time
    BOTH_ZERO = "both_zero"
    ONE_ZERO = "one_zero"
    WITHIN = "within"
    BEYOND = "beyond"


@dataclass(frozen=True, slots=True)
class Agreement:
    """`rule` and `ai` are filler counts: by the rules, and after the verdicts on them.

    `difference` is the share of the rule count by which they differ, `None` when that is 0.
    """

    rule: int
    ai: int
    difference: float | None
    regenerate: bool
    grounds: Grounds


def compare(rule: int, ai: int, threshold: float) -> Agreement:
    """`threshold` is the largest difference that is still agreement, 0.20 for 20 %."""
    difference = abs(rule - ai) / rule if rule else None
    grounds = _grounds(rule, ai, difference, threshold)
    return Agreement(rule, ai, difference, grounds in _REGENERATE, grounds)


_REGENERATE = frozenset({Grounds.ALWAYS, Grounds.ONE_ZERO, Grounds.BEYOND})


def _grounds(rule: int, ai: int, difference: float | None, threshold: float) -> Grounds:
    if threshold == 0:
        return Grounds.ALWAYS
    if rule == ai == 0:
        return Grounds.BOTH_ZERO
    if difference is None or ai == 0:
        return Grounds.ONE_ZERO
    return Grounds.BEYOND if difference > threshold else Grounds.WITHIN
