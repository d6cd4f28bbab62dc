"""How figures are written on pages. What is `None` is not available, and says so."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

QUOTE_WORDS = 14
MISSING = gettext_lazy("not available")


def number(value: float | None, decimals: int = 0) -> str:
    if value is None:
        return str(MISSING)
    return str(number_format(round(value, decimals), decimals))


def with_unit(value: float | None, unit: str, decimals: int = 0) -> str:
    """The figure and its unit; the unit is left out where there is no figure."""
    text = number(value, decimals)
    return text if value is None else f"{text} {unit}"


def quote(text: str) -> str:
    """The first words of what was said."""
    words = text.split()
    return text if len(words) <= QUOTE_WORDS else " ".join(words[:QUOTE_WORDS]) + " …"


def clock(ms: int | None) -> str:
    """A moment or a length as m:ss, from an hour on as h:mm:ss."""
    if ms is None:
        return str(MISSING)
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def seconds(ms: int | None) -> str:
    """A short length as seconds with one decimal."""
    return with_unit(None if ms is None else ms / 1000, _("s"), 1)
