"""`manage.py erase_account`: for somebody who asked whoever runs the server."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts_app.models import User
from sessions_app.actions import erase_account


class Command(BaseCommand):
    help = (
        "Erases an account with all its talks, recordings and reports, as its owner can on the "
        "page of the account."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, email: str, yes: bool, **options: Any) -> None:
        user = User.objects.filter(email=User.objects.normalize_email(email)).first()
        if user is None:
            raise CommandError(f"There is no account {email}.")
        count = user.sessions.count()
        question = f"Type the address again to erase {user.email} and {count} talks: "
        if not yes and input(question).strip().lower() != user.email:
            raise CommandError("Nothing was erased.")
        erase_account(user=user)
        self.stdout.write(f"{user.email} and {count} talks were erased.")
