"""How values are written in notices."""

from __future__ import annotations

from enum import Enum, auto

from django.utils.formats import number_format
from django.utils.translation import gettext as _


class Unit(Enum):
    SECONDS = auto()
    SHARE = auto()
    USD = auto()


def written(value: float, unit: Unit) -> str:
    match unit:
        case Unit.SECONDS:
            return _("%s s") % number_format(value, 1)
        case Unit.SHARE:
            return _("%s %%") % number_format(value * 100, 1)
        case Unit.USD:
            return _("%s USD") % number_format(value, 2)
