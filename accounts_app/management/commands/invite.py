"""`manage.py invite`: how people come in where sign-up is closed."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.urls import reverse

from accounts_app.actions import AlreadyHere, invite
from accounts_app.models import User
from speechcoach.site import full_address

DAY_SECONDS = 24 * 3600


class Command(BaseCommand):
    help = (
        "Makes an account without a password, and prints the link by which its person chooses one. "
        "Once more for the same address prints a new link, until there is a password."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        try:
            validate_email(email)
            user = invite(email=email)
        except ValidationError as wrong:
            raise CommandError(f"{email} is no e-mail address.") from wrong
        except AlreadyHere as here:
            raise CommandError(
                f"{email} has an account. A forgotten password is asked for on the page to sign in."
            ) from here
        days = settings.PASSWORD_RESET_TIMEOUT // DAY_SECONDS
        self.stdout.write(f"For {user.email}, once, within {days} days:\n{_link(user)}")


def _link(user: User) -> str:
    """As it is mailed to somebody who has forgotten their password."""
    key = default_token_generator.make_token(user)
    path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])
    return full_address(path)
