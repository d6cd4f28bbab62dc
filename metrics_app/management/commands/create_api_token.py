"""`manage.py create_api_token`: for a program that reads metrics."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from metrics_app.tokens import create_token


class Command(BaseCommand):
    help = (
        "Prints a new token that reads metrics as a member of staff. It is shown this once; "
        "delete it in the admin."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="of the member of staff")
        parser.add_argument("--name", default="metrics", help="what it is for, such as grafana")

    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        people = get_user_model().objects
        user = people.filter(email=people.normalize_email(email), is_active=True).first()
        if user is None:
            raise CommandError(f"There is no account {email} that may sign in.")
        if not user.is_staff:
            raise CommandError(f"{email} is not staff: a token of theirs would open nothing.")
        self.stdout.write(create_token(user=user, name=name))
