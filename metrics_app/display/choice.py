"""Which runs, and of what time, the pages show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

HOUR: Final = 60
_ALL: Final = "all"
_KINDS: Final = (("session", _("Talks")), (_ALL, _("All kinds")))
_WINDOWS: Final = (
    (str(HOUR), _("Last hour")),
    (str(6 * HOUR), _("Last 6 hours")),
    (str(24 * HOUR), _("Last 24 hours")),
)
_USUAL: Final = {"window": str(HOUR), "kind": "session"}


@dataclass(frozen=True, slots=True)
class Choice:
    """`kind` is empty for all of them."""

    minutes: int
    kind: str

    @property
    def query(self) -> str:
        """As part of an address."""
        return urlencode({"window": self.minutes, "kind": self.kind or _ALL})


class KindForm(forms.Form):
    """What is not valid, or not said, is what is usual: the first one of each list."""

    kind = forms.ChoiceField(label=_("Kind of run"), choices=_KINDS)

    def __init__(self, data: Mapping[str, str]) -> None:
        super().__init__({**_USUAL, **data})

    def choice(self) -> Choice:
        self.is_valid()
        chosen = {**_USUAL, **self.cleaned_data}
        kind = chosen["kind"]
        return Choice(int(chosen["window"]), "" if kind == _ALL else kind)


class WindowForm(KindForm):
    window = forms.ChoiceField(label=_("Time"), choices=_WINDOWS)
    field_order = ("window", "kind")
