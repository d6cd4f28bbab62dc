"""The filters of the list of talks and of the progress page, sent by GET."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from sessions_app.display.progress.choice import DEFAULT_TALKS, MOST_TALKS, ProgressChoice
from sessions_app.models import Language, TalkKind
from sessions_app.talk_filter import Attempts, Order, Stand, TalkFilter

_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)
"""Days beyond which a time zone may lead out of what a database can hold."""

_KINDS = (("", _("All kinds")), *TalkKind.choices)
_LANGUAGES = (("", _("All languages")), *Language.choices)
_STANDS = (
    ("", _("Any state")),
    (Stand.READY, _("Report ready")),
    (Stand.WORKING, _("In progress")),
    (Stand.STOPPED, _("Stopped or failed")),
    (Stand.ASKS, _("Waits for your answer")),
)
_ATTEMPTS = (
    ("", _("All attempts")),
    (Attempts.FIRST, _("First attempts only")),
    (Attempts.RETAKES, _("Retakes only")),
)
_ORDERS = (
    (Order.NEWEST, _("Newest first")),
    (Order.OLDEST, _("Oldest first")),
    (Order.TITLE, _("By title")),
    (Order.SCORE, _("Highest score first")),
    (Order.FILLERS, _("Fewest fillers first")),
)


class Filters(forms.Form):
    """What is not valid filters nothing; the page says what is wrong with it."""

    def chosen(self) -> Mapping[str, Any]:
        self.is_valid()
        return self.cleaned_data

    @property
    def problems(self) -> list[str]:
        """Each with the name of its field."""
        return [
            f"{self[name].label}: {error}"
            for name, errors in self.errors.items()
            for error in errors
        ]


_DAY: Mapping[str, Any] = {
    "required": False,
    "input_formats": ["%Y-%m-%d"],
    "widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    "validators": [MinValueValidator(_FIRST_DAY), MaxValueValidator(_LAST_DAY)],
}


class TalkFilterForm(Filters):
    q = forms.CharField(
        label=_("Search titles and prompts"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "enterkeyhint": "search"}),
    )
    kind = forms.ChoiceField(label=_("Kind of talk"), choices=_KINDS, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=_LANGUAGES, required=False)
    state = forms.ChoiceField(label=_("State"), choices=_STANDS, required=False)
    attempts = forms.ChoiceField(label=_("Attempts"), choices=_ATTEMPTS, required=False)
    sort = forms.ChoiceField(label=_("Sort"), choices=_ORDERS, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from"] = forms.DateField(
            label=_("From"), **_DAY
        )  # a word that Python keeps for itself
        self.fields["to"] = forms.DateField(label=_("To"), **_DAY)
        self.order_fields(("q", "kind", "language", "state", "attempts", "from", "to", "sort"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = cleaned.get("from"), cleaned.get("to")
        if since and until and until < since:
            self.add_error("to", _("This day is before the first one."))
        return cleaned

    def wish(self) -> TalkFilter:
        found = self.chosen()
        return TalkFilter(
            text=found.get("q", ""),
            kind=found.get("kind", ""),
            language=found.get("language", ""),
            state=found.get("state", ""),
            attempts=found.get("attempts", ""),
            since=found.get("from"),
            until=found.get("to"),
            order=Order(found.get("sort") or Order.NEWEST),
        )

    @property
    def narrowed(self) -> int:
        """How many of the filters beside the search are in use."""
        found = self.chosen()
        return sum(bool(found.get(name)) for name in self.fields if name not in ("q", "sort"))


_LAST = (
    ("10", _("The last 10")),
    (str(DEFAULT_TALKS), _("The last 30")),
    (str(MOST_TALKS), _("The last 100")),
)


class ProgressForm(Filters):
    """`languages` are those the person has reports in, the most recent first."""

    kind = forms.ChoiceField(label=_("Kind of talk"), choices=_KINDS, required=False)
    last = forms.ChoiceField(label=_("Talks"), choices=_LAST, required=False)

    def __init__(self, data: Mapping[str, Any], *, languages: Sequence[str]) -> None:
        given = {name: value for name, value in data.items() if value}
        super().__init__({"last": str(DEFAULT_TALKS), **given})
        self._languages = languages
        names = [(code, Language(code).label) for code in languages]
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"), choices=names, required=False
        )
        self.fields["since"] = forms.DateField(label=_("Since"), **_DAY)
        self.order_fields(("language", "kind", "last", "since"))

    def wish(self) -> ProgressChoice:
        found = self.chosen()
        return ProgressChoice(
            language=found.get("language") or next(iter(self._languages), ""),
            kind=found.get("kind", ""),
            last=int(found.get("last") or DEFAULT_TALKS),
            since=found.get("since"),
        )
