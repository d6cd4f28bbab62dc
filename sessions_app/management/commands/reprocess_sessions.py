"""`manage.py reprocess_sessions`: new runs for many talks; their old reports stay until then."""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError
from datetime import date
from typing import Any, TypedDict
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet

from accounts_app.models import User
from sessions_app.actions import RecordingGone, RunInProgress, start_run
from sessions_app.management.progress import Progress
from sessions_app.models import PracticeSession, RunState
from sessions_app.stages.outputs import Mode, StageName


class Manner(TypedDict):
    """How the new runs are to work: what `start_run` takes."""

    from_stage: str
    wanted_mode: str
    coaching_only: bool


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError("give a day as YYYY-MM-DD") from error


def _count(text: str) -> int:
    if not text.isdecimal():
        raise ArgumentTypeError("give a number from 0 up")
    return int(text)


class Command(BaseCommand):
    help = (
        "Starts a new run for every talk that fits all the given filters (without any: all), "
        "oldest first. Ends with code 1 when some could not be started."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ids", nargs="+", type=UUID, metavar="ID", help="these talks")
        parser.add_argument("--owner", metavar="EMAIL", help="talks of this account")
        parser.add_argument("--since", type=_day, metavar="DAY", help="uploaded on YYYY-MM-DD on")
        parser.add_argument("--state", choices=RunState.values, help="whose latest run is so")
        parser.add_argument(
            "--mode",
            choices=[mode.value for mode in Mode],
            help="whose report was made in this mode",
        )
        parser.add_argument(
            "--from-stage",
            choices=[name.value for name in StageName if name is not StageName.EMBEDDINGS],
            default="",
            help="take over what came before",
        )
        parser.add_argument(
            "--run-mode",
            choices=[mode.value for mode in Mode],
            default="",
            help="the highest rung of the ladder the new runs may use",
        )
        parser.add_argument(
            "--coaching-only",
            action="store_true",
            help="keep what the AI said about the words, and ask only for new coaching",
        )
        parser.add_argument("--limit", type=_count, metavar="N", help="at most so many")
        parser.add_argument("--dry-run", action="store_true", help="only list them")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["coaching_only"] and options["from_stage"]:
            raise CommandError("--coaching-only says already where to begin: drop --from-stage.")
        if options["coaching_only"] and options["run_mode"]:
            raise CommandError("--coaching-only has no other way to be done: drop --run-mode.")
        talks = list(_selected(options))
        problems = _unknown(options["ids"] or [])
        if options["dry_run"]:
            self._list(talks)
        else:
            problems += self._start(talks, _manner(options))
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise CommandError(f"Could not be started: {len(problems)}.")

    def _list(self, talks: list[PracticeSession]) -> None:
        for talk in talks:
            state = talk.latest_run.state if talk.latest_run else "no run"
            self.stdout.write(f"{talk.pk} {talk.created_at:%Y-%m-%d} {state}")
        self.stdout.write(f"Would be started: {len(talks)}.")

    def _start(self, talks: list[PracticeSession], manner: Manner) -> list[str]:
        problems = []
        with Progress(len(talks), sys.stderr) as progress:
            for talk in talks:
                if problem := _start_one(talk, manner):
                    problems.append(problem)
                progress.step()
        self.stdout.write(f"Started: {len(talks) - len(problems)}.")
        return problems


def _selected(options: dict[str, Any]) -> QuerySet[PracticeSession]:
    wanted = {
        "pk__in": options["ids"],
        "owner": _account(options["owner"]),
        "created_at__date__gte": options["since"],
        "latest_run__state": options["state"],
        "current_run__mode": options["mode"],
    }
    fitting = {field: value for field, value in wanted.items() if value is not None}
    talks = PracticeSession.objects.filter(**fitting).select_related("latest_run")
    return talks.defer("transcript_text").order_by("created_at")[: options["limit"]]


def _account(address: str | None) -> User | None:
    if address is None:
        return None
    try:
        return User.objects.get(email__iexact=address)
    except User.DoesNotExist as error:
        raise CommandError(f"There is no account {address}.") from error


def _unknown(ids: list[UUID]) -> list[str]:
    known = set(PracticeSession.objects.filter(pk__in=ids).values_list("pk", flat=True))
    return [f"session {one}: not found" for one in ids if one not in known]


def _manner(options: dict[str, Any]) -> Manner:
    return {
        "from_stage": options["from_stage"],
        "wanted_mode": options["run_mode"],
        "coaching_only": options["coaching_only"],
    }


def _start_one(talk: PracticeSession, manner: Manner) -> str:
    """Why it could not be started, or nothing."""
    if talk.latest_run is None:
        return f"session {talk.pk}: its owner has not said whose words count"
    try:
        start_run(session=talk, bulk=True, **manner)
    except RunInProgress:
        return f"session {talk.pk}: is being processed already"
    except RecordingGone:
        return f"session {talk.pk}: its recording was removed; only its report is kept"
    except ValueError as error:
        return f"session {talk.pk}: {error}"
    return ""
