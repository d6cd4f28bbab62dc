"""`manage.py restore FOLDER`: what `backup` wrote, into an empty system."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from speechcoach.backup.problems import BackupProblem
from speechcoach.backup.restoring import restore


class Command(BaseCommand):
    help = (
        "Fills an empty database and an empty storage from a folder that `backup` wrote. Nothing "
        "that is there is ever replaced."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            manifest = restore(folder)
        except BackupProblem as problem:
            raise CommandError(str(problem)) from problem
        except OSError as problem:
            raise CommandError(f"Not restored: {problem}. Empty the storage first.") from problem
        self.stdout.write(
            f"Restored: the database and {manifest.files} files, as they were on "
            f"{manifest.made_at:%Y-%m-%d at %H:%M %Z}. Now run `migrate`, then start everything."
        )
