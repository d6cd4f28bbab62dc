"""What is more than usual variation, between two talks and among their passages.

Among passages, chance is held to `CHANCE` for all comparisons of one measure together, not for
each: of twenty passages one would always be named. Each gets its share of it (O. Dunn, "Multiple
Comparisons Among Means", JASA 56, 1961).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, stdev

from sessions_app.speech.baseline import MIN_TALKS, NOTICEABLE, USUAL_SDS

CHANCE = 0.05

MIN_FREEDOM = 6
"""Degrees of freedom from which a spread says something: four passages in either talk."""

MIN_PAIRS = 4
"""Passages from which the same change in all of them says something."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Standard deviation of a measure from passage to passage, each talk around its own mean."""

    sd: float
    freedom: int

    def exceeded(self, then: float, now: float, comparisons: int = 1) -> bool:
        """Whether two passages differ by more: the difference of two varies √2 times as much."""
        limit = self.sd * math.sqrt(2) * t_quantile(_share(comparisons), self.freedom)
        return abs(now - then) > limit


def spread(then: Sequence[float], now: Sequence[float]) -> Spread | None:
    """Of all passages of both talks; `None` with too few to know."""
    freedom = max(0, len(then) - 1) + max(0, len(now) - 1)
    if freedom < MIN_FREEDOM:
        return None
    return Spread(math.sqrt((_squares(then) + _squares(now)) / freedom), freedom)


def all_along(differences: Sequence[float]) -> bool | None:
    """Whether passage after passage changed the same way: Student's paired t test.

    `None` with too few passages to know.
    """
    if len(differences) < MIN_PAIRS:
        return None
    freedom = len(differences) - 1
    error = math.sqrt(_squares(differences) / freedom / len(differences))
    return abs(fmean(differences)) > error * t_quantile(_share(1), freedom)


def counts_differ(
    then: int, now: int, *, words_then: int, words_now: int, comparisons: int = 1
) -> bool:
    """Whether two counts differ by more than chance, among so many words.

    Exact: of all there are, those now are binomial with the share of the words that are now
    (J. Przyborowski and H. Wilenski, Biometrika 31, 1940). Two-sided.
    """
    share = words_now / (words_then + words_now)
    fewer, more = _binomial(then + now, share, now)
    return 2 * min(fewer, more) < CHANCE / comparisons


def talks_differ(then: float, now: float, earlier: Sequence[float]) -> bool | None:
    """Whether two talks differ by more than the speaker's talks do: twice the standard deviation
    of `earlier` ones, times √2 because either of the two varies, and noticeably.

    `None` with too few earlier talks to know.
    """
    if len(earlier) < MIN_TALKS:
        return None
    usual = USUAL_SDS * math.sqrt(2) * stdev(earlier)
    return abs(now - then) > usual and noticeable(then, now)


def noticeable(then: float, now: float) -> bool:
    """A smaller relative difference is no change anybody would notice."""
    return abs(now - then) > NOTICEABLE * max(abs(then), abs(now))


def t_quantile(probability: float, freedom: int) -> float:
    """Of Student's distribution, within 2 % for all that is asked here.

    M. Abramowitz and I. Stegun, Handbook of Mathematical Functions (1964), 26.7.5.
    """
    z = NormalDist().inv_cdf(probability)
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return math.fsum(term / freedom**power for power, term in enumerate(terms))


def _share(comparisons: int) -> float:
    return 1 - CHANCE / (2 * comparisons)


def _squares(values: Sequence[float]) -> float:
    mean = fmean(values) if values else 0.0
    return math.fsum((value - mean) ** 2 for value in values)


def _binomial(total: int, share: float, at: int) -> tuple[float, float]:
    """Probabilities of at most and of at least `at` out of `total`."""
    chances = [
        math.comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(total + 1)
    ]
    return math.fsum(chances[: at + 1]), math.fsum(chances[at:])
