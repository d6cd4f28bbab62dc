"""Intervals of 95 % for the difference of two variants, on minus off."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from metrics_app.experiments.means import Mean, design_effect

CONFIDENCE = 0.95
ROUNDING = 1e-9
"""Of a mean: what sums of binary fractions may be off by, and is no difference."""

Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


@dataclass(frozen=True, slots=True)
class Interval:
    """`value` is what was seen; it lies between `low` and `high`."""

    low: float
    value: float
    high: float


def welch(on: Mean, off: Mean) -> Interval | None:
    """Of two means whose variances may differ (Welch: The Generalization of “Student's” Problem,
    Biometrika 34, 1947). `None` where a variance is not known.
    """
    if on.variance is None or off.variance is None:
        return None
    value, variance = on.value - off.value, on.variance + off.variance
    rounding = ROUNDING * max(abs(on.value), abs(off.value))
    if abs(value) <= rounding:
        value = 0.0
    if variance <= rounding**2:
        return Interval(value, value, value)
    parts = on.variance**2 / (on.people - 1) + off.variance**2 / (off.people - 1)
    margin = student(variance**2 / parts) * sqrt(variance)
    return Interval(value - margin, value, value + margin)


def newcombe(on: Mean, off: Mean) -> Interval:
    """Of two shares (Newcombe: Interval Estimation for the Difference Between Independent
    Proportions, Statistics in Medicine 17, 1998, method 10), from two Wilson intervals.

    Runs of one person count for less than as many of different people: Wilson's n is divided by the
    design effect (Korn, Graubard: Survey Methodology 24, 1998), of both variants by the larger one:
    how alike the runs of one person are is hardly seen of a share that is nearly none or all.
    """
    effect = max(design_effect(on), design_effect(off))
    (on_low, on_high), (off_low, off_high) = wilson(on, effect), wilson(off, effect)
    value = on.value - off.value
    below = sqrt((on.value - on_low) ** 2 + (off_high - off.value) ** 2)
    above = sqrt((on_high - on.value) ** 2 + (off.value - off_low) ** 2)
    return Interval(value - below, value, value + above)


def wilson(share: Mean, effect: float = 1.0) -> tuple[float, float]:
    """Wilson: Probable Inference, Journal of the American Statistical Association 22, 1927."""
    n, p = share.runs / effect, share.value
    middle = (p + Z**2 / (2 * n)) / (1 + Z**2 / n)
    half = Z * sqrt(p * (1 - p) / n + Z**2 / (4 * n**2)) / (1 + Z**2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def student(freedom: float) -> float:
    """Student's t for 95 %, two-sided, from 10 degrees of freedom on to three decimals.

    Abramowitz, Stegun: Handbook of Mathematical Functions, 26.7.5.
    """
    z, terms = (
        Z,
        (
            (Z**3 + Z) / 4,
            (5 * Z**5 + 16 * Z**3 + 3 * Z) / 96,
            (3 * Z**7 + 19 * Z**5 + 17 * Z**3 - 15 * Z) / 384,
            (79 * Z**9 + 776 * Z**7 + 1482 * Z**5 - 1920 * Z**3 - 945 * Z) / 92_160,
        ),
    )
    return z + sum(term / freedom**power for power, term in enumerate(terms, start=1))
