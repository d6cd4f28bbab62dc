"""What a person sets, changes and confirms about their account."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts_app import retention
from accounts_app.models import User


class ChoicesForm(forms.Form):
    """The fields are those of `accounts_app.actions.change_choices`."""

    language = forms.ChoiceField(label=gettext_lazy("Language of the pages"), required=False)
    media_retention_days = forms.TypedChoiceField(
        label=gettext_lazy("Keep recordings"), required=False, coerce=int, empty_value=None
    )
    mail_when_done = forms.BooleanField(
        label=gettext_lazy("Mail me when the first report on a talk is ready"), required=False
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "language": user.language,
            "media_retention_days": user.media_retention_days or "",
            "mail_when_done": user.mail_when_done,
        }
        super().__init__(*args, **kwargs)
        self._offer("language", _languages())
        self._offer("media_retention_days", _days(user))

    def _offer(self, name: str, choices: list[tuple[Any, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def _languages() -> list[tuple[Any, str]]:
    """Each by its own name."""
    return [("", _("As your browser asks")), *settings.LANGUAGES]


def _days(user: User) -> list[tuple[Any, str]]:
    """An earlier choice stays one of them."""
    limit: int = settings.MEDIA_RETENTION_DAYS
    own = user.media_retention_days
    days = {*retention.choices()} | ({own} if own and not (limit and own >= limit) else set())
    return [("", _longest(limit)), *((count, _for_days(count)) for count in sorted(days))]


def _longest(limit: int) -> str:
    if not limit:
        return _("until I delete them")
    text = ngettext(
        "for %(days)s day, as this server does", "for %(days)s days, as this server does", limit
    )
    return text % {"days": limit}


def _for_days(count: int) -> str:
    return ngettext("for %(days)s day", "for %(days)s days", count) % {"days": count}


class AddEmailForm(allauth_forms.AddEmailForm):  # type: ignore[misc]
    """Refuses the address of another account: it could never be signed in with here."""

    def clean_email(self) -> str:
        email = str(super().clean_email())
        if User.objects.filter(email=email).exclude(pk=self.user.pk).exists():
            raise get_adapter().validation_error("email_taken")
        return email


class PasswordEraseForm(allauth_forms.ReauthenticateForm):  # type: ignore[misc]
    """By the password; attempts count as those of signing in do."""


class AddressEraseForm(forms.Form):
    """For who has no password: by typing the address of the account."""

    email = forms.EmailField(label=gettext_lazy("Your e-mail address"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if User.objects.normalize_email(email) != self._user.email:
            raise forms.ValidationError(_("This is not the address of this account."))
        return email


def erase_form(user: User, data: Any = None) -> PasswordEraseForm | AddressEraseForm:
    """The one that this person can fill in."""
    kind = PasswordEraseForm if user.has_usable_password() else AddressEraseForm
    return kind(data, user=user)
