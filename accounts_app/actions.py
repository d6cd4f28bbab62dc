"""Every write to the table of users that is not allauth's."""

from __future__ import annotations

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
