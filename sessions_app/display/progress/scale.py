"""From where to where an axis reaches, and which values stand beside it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from sessions_app.display.progress.measures import Followed, Range
from sessions_app.display.progress.series import Point

ROOM = 0.08
"""Of the span of the values, above and below them."""

MOST_TICKS = 4
_STEPS = (1.0, 2.0, 5.0)
_ORDERS = range(-2, 6)


def reach(measure: Followed, points: Sequence[Point], held: Range | None) -> tuple[float, float]:
    """Around all values and what was usual, up to the nearest edge of the range they are held
    against; never below 0, which is the least there is of everything that is followed.
    """
    edges = list(_edges(points))
    if held is not None:
        low, high = min(edges), max(edges)
        edges += [edge for edge in (held.low,) if edge is not None and edge > high]
        edges += [edge for edge in (held.high,) if edge is not None and edge < low]
    low, high = min(edges), max(edges)
    room = ROOM * (high - low) or 10**-measure.decimals
    top = math.inf if measure.top is None else measure.top
    return max(0.0, low - room), min(top, high + room)


def _edges(points: Sequence[Point]) -> Iterator[float]:
    for point in points:
        yield point.value
        if point.usual is not None:
            yield point.usual.low
            yield point.usual.high


def ticks(low: float, high: float, decimals: int = 0) -> list[float]:
    """Round values between them that differ when written with so many decimals."""
    finest = 10**-decimals
    steps = (factor * 10.0**order for order in _ORDERS for factor in _STEPS)
    fitting = (
        step for step in steps if step >= finest * 0.99 and (high - low) / step <= MOST_TICKS
    )
    step = next(fitting, high - low)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(count * step, 2) for count in range(first, last + 1)]
