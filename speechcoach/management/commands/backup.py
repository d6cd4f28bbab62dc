"""`manage.py backup FOLDER`: the database and the files it names, while everything goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from speechcoach.backup.problems import BackupProblem
from speechcoach.backup.taking import take


class Command(BaseCommand):
    help = (
        "Writes the database and the recordings into a new folder, for `restore`. Nothing has to "
        "be stopped. The settings are not in it: keep `.env` as well, in another place."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="a new or an empty one")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            manifest = take(folder)
        except BackupProblem as problem:
            raise CommandError(str(problem)) from problem
        except OSError as problem:
            raise CommandError(f"The backup is not finished: {problem}.") from problem
        for name in manifest.missing:
            self.stderr.write(f"{name}: a talk names this file, and it is not there.")
        self.stdout.write(
            f"{folder} holds the database and {manifest.files} files "
            f"({manifest.bytes / 1_000_000:.1f} MB)."
        )
