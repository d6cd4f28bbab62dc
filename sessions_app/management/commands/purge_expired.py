"""`manage.py purge_expired`: remove recordings and uploads that are older than they may get."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from sessions_app.actions import RunInProgress, delete_media, drop_uploads
from sessions_app.models import PracticeSession
from sessions_app.retention import expired_talks, stale_uploads


class Command(BaseCommand):
    help = (
        "Removes recordings and their normalised audio from talks older than "
        "MEDIA_RETENTION_DAYS (0: keep for ever), or than their owners want to keep them. "
        "Transcripts, findings and measures stay. "
        "Removes uploads that nobody has touched for UPLOAD_KEEP_HOURS as well."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")

    def handle(self, *args: Any, **options: Any) -> None:
        dry_run: bool = options["dry_run"]
        verb = "would be removed" if dry_run else "removed"
        self.stdout.write(f"Uploads {verb}: {_drop_uploads(dry_run)}.")
        if not settings.MEDIA_RETENTION_DAYS:
            self.stdout.write(
                "MEDIA_RETENTION_DAYS is 0: recordings are kept as long as their owners want."
            )
        count = size = 0
        for talk in list(expired_talks()):
            if dry_run or _delete_media(talk):
                count += 1
                size += talk.media_bytes
        self.stdout.write(f"Recordings {verb}: {count} ({size / 1_000_000:.1f} MB).")


def _delete_media(talk: PracticeSession) -> bool:
    """`False` where a run began just now, which needs the recording."""
    try:
        delete_media(session=talk)
    except RunInProgress:
        return False
    return True


def _drop_uploads(dry_run: bool) -> int:
    stale = stale_uploads()
    return stale.count() if dry_run else len(drop_uploads(uploads=stale))
