"""Every write to the table of users that is not allauth's."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password

from accounts_app.models import User


def change_choices(
    *, user: User, language: str, mail_when_done: bool, media_retention_days: int | None
) -> None:
    """What a person chose on the page of their account; the fields are those of `User`."""
    User.objects.filter(pk=user.pk).update(
        language=language,
        mail_when_done=mail_when_done,
        media_retention_days=media_retention_days,
    )


class AlreadyHere(Exception):
    """The address has an account that is in use, or was closed."""


def invite(*, email: str) -> User:
    """The account of this address, without a password as yet. Raises `AlreadyHere`."""
    user, _made = User.objects.get_or_create(
        email=User.objects.normalize_email(email), defaults={"password": make_password(None)}
    )
    if user.has_usable_password() or not user.is_active:
        raise AlreadyHere
    return user
