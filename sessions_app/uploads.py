"""Receiving files: by the one form that asks for some, and never more than it asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import (
    FileUploadHandler,
    SkipFile,
    TemporaryFileUploadHandler,
)
from django.http import HttpRequest

from sessions_app import files
from sessions_app.stages.problems import StageProblem

PATIENCE = 2
"""A request is read to its end up to so many times what its files may have together."""


class Refusal(StrEnum):
    """Why a file of a field was discarded."""

    TOO_LARGE = "too_large"
    REPEATED = "repeated"
    STORAGE = "storage"


class NoFiles(FileUploadHandler):
    """Discards every file: what forms get that ask for none, those of strangers among them."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, *args: Any, **kwargs: Any
    ) -> None:
        """Raises `RequestDataTooBig` for a request that only files could make so large."""
        if content_length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig(f"A form without files has {content_length} bytes.")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """No file gets so far."""

    def file_complete(self, file_size: int) -> None:
        """No file gets so far."""


class BoundedFiles(TemporaryFileUploadHandler):
    """Stores one file per field, in `FILE_UPLOAD_TEMP_DIR`, up to the limit of that field.

    What goes beyond is discarded while it comes in, and so is what the disk does not take; the
    rest of the form is read as usual. `refused` then names the fields and why.
    """

    file: TemporaryUploadedFile

    def __init__(self, request: HttpRequest, limits: Mapping[str, int]) -> None:
        """`limits` are bytes; files of other fields are discarded without a word."""
        super().__init__(request)
        self._limits = limits
        self._seen: set[str] = set()
        self.refused: dict[str, Refusal] = {}

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, *args: Any, **kwargs: Any
    ) -> None:
        """Raises `RequestDataTooBig` for a request that is not worth reading to its end."""
        bound = PATIENCE * sum(self._limits.values()) + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if content_length > bound:
            self.refused[max(self._limits, key=self._limits.__getitem__)] = Refusal.TOO_LARGE
            raise RequestDataTooBig(f"The request has {content_length} bytes.")

    def new_file(self, field_name: str, *args: Any, **kwargs: Any) -> None:
        if field_name not in self._limits:
            raise SkipFile
        if field_name in self._seen:
            self.refused[field_name] = Refusal.REPEATED
            raise SkipFile
        self._seen.add(field_name)
        with self._room_on_disk():
            super().new_file(field_name, *args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        field = str(self.field_name)
        if start + len(raw_data) > self._limits[field]:
            self._discard(Refusal.TOO_LARGE)
        with self._room_on_disk():
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        try:
            with self._room_on_disk():
                complete = super().file_complete(file_size)
        except SkipFile:  # Django expects none after the last chunk
            return None
        del self.file  # or the parser closes it along with the next file that is skipped
        return complete

    @contextmanager
    def _room_on_disk(self) -> Iterator[None]:
        try:
            with files.storage_problems():
                yield
        except StageProblem:
            self._discard(Refusal.STORAGE)

    def _discard(self, why: Refusal) -> None:
        self.refused[str(self.field_name)] = why
        if hasattr(self, "file"):
            with suppress(OSError):  # closing writes what is buffered; the file goes all the same
                self.file.close()
            del self.file
        raise SkipFile
