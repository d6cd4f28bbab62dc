"""Stops storing an upload at its limit, while it is still coming in."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest


class SizeGuard(FileUploadHandler):
    """Discards files of a form that outgrow the limit of their field, and fields without one.

    The first of a request's handlers, so that no other stores what this one refuses. The rest of
    the form is read as usual; `refused` then names the fields whose file was discarded.
    """

    def __init__(self, request: HttpRequest, limits: Mapping[str, int]) -> None:
        super().__init__(request)
        self._limits = limits
        self.refused: set[str] = set()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        field = str(self.field_name)
        if start + len(raw_data) > self._limits.get(field, 0):
            self.refused.add(field)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The file is for the handlers after this one."""
