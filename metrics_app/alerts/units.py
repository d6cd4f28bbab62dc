"""How values are written in notices: as on the dashboard."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum, auto

from django.utils.translation import gettext as _

from metrics_app.display.text import number, share, usd


class Unit(Enum):
    SECONDS = auto()
    SHARE = auto()
    USD = auto()


def written(value: float, unit: Unit) -> str:
    match unit:
        case Unit.SECONDS:
            return _("%(number)s s") % {"number": number(value, 1)}
        case Unit.SHARE:
            return share(value, 1)
        case Unit.USD:
            return usd(Decimal(value))
