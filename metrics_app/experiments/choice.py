"""Which flag and which days the page compares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from metrics_app.known_flags import KNOWN_FLAGS
from metrics_app.windows import Window

DAY_MINUTES: Final = 24 * 60
_DAYS: Final = (
    ("7", _("The last 7 days")),
    ("1", _("The last day")),
    ("28", _("The last 28 days")),
    ("90", _("The last 90 days")),
)
_USUAL: Final = {"flag": next(iter(KNOWN_FLAGS)), "days": "7"}


@dataclass(frozen=True, slots=True)
class Chosen:
    flag: str
    days: int

    @property
    def window(self) -> Window:
        return Window.last(self.days * DAY_MINUTES)


class ExperimentForm(forms.Form):
    """What is not valid, or not said, is what is usual."""

    flag = forms.ChoiceField(label=_("Flag"), choices=[(name, name) for name in KNOWN_FLAGS])
    days = forms.ChoiceField(label=_("Days"), choices=_DAYS)

    def __init__(self, data: Mapping[str, str]) -> None:
        super().__init__({**_USUAL, **data})

    def chosen(self) -> Chosen:
        self.is_valid()
        chosen = {**_USUAL, **self.cleaned_data}
        return Chosen(chosen["flag"], int(chosen["days"]))
