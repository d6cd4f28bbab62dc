"""Waffle's own command, with an entry in the flag's history for what it changed."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.management import CommandError
from django.core.management.base import CommandParser
from django.db import transaction
from waffle.management.commands import waffle_flag

from metrics_app.flag_history import message, settings_of
from metrics_app.models import FeatureFlag

ACTIVE_STAFF = {"is_staff": True, "is_active": True}


class Command(waffle_flag.Command):
    help = "Change a flag, or list them all."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--by", metavar="EMAIL", help="Who changes the flag: staff, for its history."
        )

    def handle(self, *args: Any, by: str | None, **options: Any) -> None:
        if options["list_flags"]:
            super().handle(*args, **options)
            return
        who = _staff(by)
        with transaction.atomic():
            flag = _flag(options["name"])
            before = settings_of(flag)
            super().handle(*args, **options)
            if changed := message(before, settings_of(flag)):
                LogEntry.objects.log_actions(
                    who.pk, [flag], CHANGE, change_message=changed, single_object=True
                )


def _flag(name: str | None) -> FeatureFlag:
    """No new one: it would be asked by nothing."""
    try:
        flag: FeatureFlag = FeatureFlag.objects.select_for_update().get(name=name)
    except FeatureFlag.DoesNotExist:
        raise CommandError("There is no such flag; --list shows them all.") from None
    return flag


def _staff(email: str | None) -> AbstractBaseUser:
    if email is None:
        raise CommandError("Say who changes the flag: --by EMAIL.")
    users = get_user_model()._default_manager.filter(email=email, **ACTIVE_STAFF)
    if (found := users.first()) is None:
        raise CommandError(f"{email} is no active member of staff.")
    return found
