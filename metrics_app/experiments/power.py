"""How many runs it takes to see the smallest difference worth knowing."""

from __future__ import annotations

from math import ceil
from statistics import NormalDist

from metrics_app.experiments.intervals import Z
from metrics_app.experiments.means import Mean, design_effect

POWER = 0.80
FACTOR = (Z + NormalDist().inv_cdf(POWER)) ** 2
"""7.85; twice that is the 16 of Lehr's rule (van Belle: Statistical Rules of Thumb, 2008, 2.1)."""


def runs_for_mean(on: Mean, off: Mean, difference: float) -> int | None:
    """Of each variant; `None` where a variance is not known or there is no difference to see."""
    if on.variance is None or off.variance is None or not difference:
        return None
    squares = on.variance * on.runs + off.variance * off.runs
    return ceil(FACTOR * squares / difference**2)


def runs_for_share(on: Mean, off: Mean, difference: float) -> int:
    """Of each variant, for a share that moves from that of `off` towards one half."""
    share = off.value
    moved = share + difference if share <= 0.5 else share - difference  # noqa: PLR2004
    squares = share * (1 - share) + moved * (1 - moved)
    effect = max(design_effect(on), design_effect(off))
    return ceil(FACTOR * squares * effect / difference**2)
