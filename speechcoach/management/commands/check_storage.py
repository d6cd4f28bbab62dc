"""`manage.py check_storage`: whether recordings can be stored, heard in ranges, and removed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any, Final
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError

from sessions_app import files

SIZE: Final = 1_000_000
PART: Final = slice(500_000, 500_100)


class Command(BaseCommand):
    help = (
        "Stores a file of 1 MB where recordings are, reads it, lists it and removes it. "
        "Ends with code 1 at the first of these that does not work."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        place = f"the bucket {settings.S3_BUCKET}" if settings.S3_BUCKET else settings.MEDIA_ROOT
        content, folder = os.urandom(SIZE), f"{files.ROOT}/check-{uuid4()}"
        name = f"{folder}/file"
        self.stdout.write(f"Recordings are in {place}.")
        try:
            self._do("stored", lambda: default_storage.save(name, ContentFile(content)) == name)
            self._do("read", lambda: _part(name) == content[PART])
            self._do("listed", lambda: default_storage.listdir(folder)[1] == ["file"])
        finally:
            files.delete_folder(folder)
        self._do("removed", lambda: not default_storage.exists(name))
        self.stdout.write(self.style.SUCCESS("Everything works."))

    def _do(self, what: str, step: Callable[[], bool]) -> None:
        begun = time.perf_counter()
        try:
            done = step()
        except OSError as error:
            raise CommandError(f"Could not be {what}: {error.strerror}.") from error
        if not done:
            raise CommandError(f"Was {what}, and it is not what was expected.")
        self.stdout.write(f"{what:<10} {1000 * (time.perf_counter() - begun):6.0f} ms")


def _part(name: str) -> bytes:
    with default_storage.open(name) as file:
        file.seek(PART.start)
        return bytes(file.read(PART.stop - PART.start))
