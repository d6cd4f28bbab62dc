"""Filters that write figures; what is missing says so."""

from __future__ import annotations

from django import template

from sessions_app.display import text

register = template.Library()


@register.filter
def clock(ms: int | None) -> str:
    """Milliseconds as m:ss."""
    return text.clock(ms)


@register.filter
def figure(value: float | None, decimals: int = 0) -> str:
    """A number, rounded."""
    return text.number(value, decimals)
