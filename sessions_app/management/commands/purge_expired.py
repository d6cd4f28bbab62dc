"""`manage.py purge_expired`: remove recordings that are older than the retention time."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from sessions_app.actions import delete_media
from sessions_app.retention import expired_talks


class Command(BaseCommand):
    help = (
        "Removes recordings and their normalised audio from talks older than "
        "MEDIA_RETENTION_DAYS (0: keep for ever). Transcripts, findings and measures stay."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.MEDIA_RETENTION_DAYS:
            self.stdout.write("MEDIA_RETENTION_DAYS is 0: recordings are kept.")
            return
        count = size = 0
        for talk in list(expired_talks()):
            if not options["dry_run"]:
                delete_media(session=talk)
            count += 1
            size += talk.media_bytes
        verb = "would be removed" if options["dry_run"] else "removed"
        self.stdout.write(f"Recordings {verb}: {count} ({size / 1_000_000:.1f} MB).")
