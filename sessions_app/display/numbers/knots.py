"""Reading a score off its line, in words."""

from __future__ import annotations

from itertools import pairwise

from django.utils.translation import gettext as _

from sessions_app.display.text import number
from sessions_app.speech.scores import Knots, interpolated


def reading(knots: Knots, x: float, decimals: int = 1) -> str:
    """Where `x` lies on the line through `knots`, and the points there."""
    points = number(interpolated(knots, x), 1)
    (first, lowest), (last, highest) = knots[0], knots[-1]
    if x <= first:
        return _("%(x)s is not above %(edge)s, which gives %(points)s points") % {
            "x": number(x, decimals),
            "edge": short(first),
            "points": number(lowest),
        }
    if x >= last:
        return _("%(x)s is not below %(edge)s, which gives %(points)s points") % {
            "x": number(x, decimals),
            "edge": short(last),
            "points": number(highest),
        }
    (left, low), (right, high) = next(pair for pair in pairwise(knots) if x <= pair[1][0])
    return _("%(x)s lies between %(left)s (%(low)s) and %(right)s (%(high)s) → %(points)s") % {
        "x": number(x, decimals),
        "left": short(left),
        "low": number(low),
        "right": short(right),
        "high": number(high),
        "points": points,
    }


def short(value: float) -> str:
    """With as many decimals as it needs, up to two."""
    decimals = next((d for d in (0, 1) if round(value, d) == round(value, 2)), 2)
    return number(value, decimals)
