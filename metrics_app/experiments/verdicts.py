"""What an interval allows to be said."""

from __future__ import annotations

from enum import StrEnum

from metrics_app.experiments.intervals import Interval
from metrics_app.experiments.means import Mean

LEAST_PEOPLE = 30
"""In each variant: with fewer, a mean of skewed times and costs is not yet distributed normally."""


class Verdict(StrEnum):
    """`UNCLEAR`: there may be a difference worth knowing, and there may be none.
    `ALIKE`: a difference, if any, is smaller than one worth knowing.
    """

    TOO_FEW = "too_few"
    UNCLEAR = "unclear"
    ALIKE = "alike"
    HIGHER = "higher"
    LOWER = "lower"


def enough(on: Mean | None, off: Mean | None) -> bool:
    return all(arm is not None and arm.people >= LEAST_PEOPLE for arm in (on, off))


def verdict(interval: Interval, worth_knowing: float) -> Verdict:
    """Of a difference between variants with enough people."""
    if interval.low > 0:
        return Verdict.HIGHER
    if interval.high < 0:
        return Verdict.LOWER
    if -worth_knowing <= interval.low and interval.high <= worth_knowing:
        return Verdict.ALIKE
    return Verdict.UNCLEAR
