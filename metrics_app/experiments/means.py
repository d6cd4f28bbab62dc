"""A mean over runs, and how far it may be off when people rather than runs were drawn.

A flag's percentage draws people, and the runs of one person resemble each other. To count each run
as a draw of its own would give intervals that are too narrow. The variance here is that of a ratio
of two sums over people (Deng, Knoblich, Lu: Applying the Delta Method in Metric Analytics, KDD
2018, section 3); with one run a person it is the usual one, s²/n.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """Of one person: how many runs, and the sum of what was measured in them."""

    runs: int
    total: float


@dataclass(frozen=True, slots=True)
class Mean:
    """`variance` is that of `value`, not of single runs; `None` with fewer than two people."""

    runs: int
    people: int
    value: float
    variance: float | None


def mean_of(tallies: Sequence[Tally]) -> Mean | None:
    """`None` where there is no run."""
    seen = [tally for tally in tallies if tally.runs]
    if not seen:
        return None
    runs = sum(tally.runs for tally in seen)
    value = sum(tally.total for tally in seen) / runs
    return Mean(runs, len(seen), value, _variance(seen, runs, value))


def design_effect(share: Mean) -> float:
    """How many times as wide as with runs drawn one by one the variance of a share is, at least 1.

    Kish: Survey Sampling (1965), section 8.2. Where no two people differ (a share of none, or of
    all) nothing is seen of how much runs of one person resemble each other; then they are taken to
    be all alike, so that each person counts once.
    """
    alone = share.value * (1 - share.value) / share.runs
    if not alone or share.variance is None:
        return share.runs / share.people
    unbiased = share.people / (share.people - 1)  # as `variance` is
    return max(1.0, share.variance / (alone * unbiased))


def _variance(seen: Sequence[Tally], runs: int, value: float) -> float | None:
    people = len(seen)
    if people < 2:  # noqa: PLR2004 -- one has nobody to differ from
        return None
    squares = sum((tally.total - value * tally.runs) ** 2 for tally in seen)
    return people / (people - 1) * squares / runs**2
