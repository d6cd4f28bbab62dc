"""How figures are written. What is `None` is not available, and says so."""

from __future__ import annotations

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MISSING = gettext_lazy("not available")
_SECOND = 1000
_TEN_SECONDS = 10_000
_DIME, _CENT = Decimal("0.1"), Decimal("0.01")


def number(value: float | Decimal | None, decimals: int = 0) -> str:
    if value is None:
        return str(MISSING)
    rounded = round(Decimal(value), decimals)
    return str(number_format(rounded, decimals, force_grouping=True))


def share(value: float | None, decimals: int = 0) -> str:
    """Of 1, in per cent."""
    if value is None:
        return str(MISSING)
    return _("%(number)s %%") % {"number": number(value * 100, decimals)}


def duration(ms: float | None) -> str:
    """Milliseconds below a second, seconds above it."""
    if ms is None:
        return str(MISSING)
    if round(ms) < _SECOND:
        return _("%(number)s ms") % {"number": number(ms)}
    decimals = 1 if ms < _TEN_SECONDS * 10 else 0
    return _("%(number)s s") % {"number": number(ms / _SECOND, decimals)}


def usd(value: Decimal | None) -> str:
    """US dollars; less than ten cents with more digits."""
    if value is None:
        return str(MISSING)
    decimals = 2 if value == 0 or abs(value) >= _DIME else 4 if abs(value) >= _CENT else 5
    return _("$%(number)s") % {"number": number(value, decimals)}


def waited(seconds: float | None) -> str:
    """Whole seconds, from two minutes on whole minutes."""
    if seconds is None:
        return str(MISSING)
    if seconds < 120:  # noqa: PLR2004 - two minutes
        return _("%(number)s s") % {"number": number(seconds)}
    return _("%(number)s min") % {"number": number(seconds / 60)}
