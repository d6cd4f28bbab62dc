"""How long stages and calls took, as bars on one scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from metrics_app.display.text import duration, number
from metrics_app.spread import Spread


@dataclass(frozen=True, slots=True)
class Bar:
    """`start`, `middle` and `tail` are per cent of the width: where it begins, how far the median
    and how much further the p95 goes.
    """

    name: str
    median: str
    p95: str
    count: str
    start: float
    middle: float
    tail: float
    slowest: bool

    @property
    def end(self) -> float:
        """Of the median."""
        return self.start + self.middle


def waterfall(stages: Mapping[str, Spread]) -> tuple[Bar, ...]:
    """Each stage begins where the medians of those before it end."""
    return tuple(_bars(stages, one_after_the_other=True))


def side_by_side(spreads: Mapping[str, Spread]) -> tuple[Bar, ...]:
    """All begin at 0; the slowest first."""
    slowest_first = sorted(spreads.items(), key=lambda each: -(each[1].p95 or 0))
    return tuple(_bars(dict(slowest_first), one_after_the_other=False))


def _bars(spreads: Mapping[str, Spread], *, one_after_the_other: bool) -> Iterator[Bar]:
    placed = list(_placed(spreads, one_after_the_other=one_after_the_other))
    width = max((start + p95 for _name, _spread, start, _median, p95 in placed), default=0) or 1
    longest = max((p95 for *_rest, p95 in placed), default=0)
    for name, spread, start, median, p95 in placed:
        yield Bar(
            name=name,
            median=duration(spread.median),
            p95=duration(spread.p95),
            count=number(spread.count),
            start=round(100 * start / width, 2),
            middle=round(100 * median / width, 2),
            tail=round(100 * (p95 - median) / width, 2),
            slowest=p95 == longest and len(placed) > 1,
        )


def _placed(
    spreads: Mapping[str, Spread], *, one_after_the_other: bool
) -> Iterator[tuple[str, Spread, float, float, float]]:
    """Name, spread, where it starts, median and p95; in milliseconds, without what has none."""
    start = 0.0
    for name, spread in spreads.items():
        if spread.median is None or spread.p95 is None:
            continue
        yield name, spread, start, spread.median, spread.p95
        if one_after_the_other:
            start += spread.median
